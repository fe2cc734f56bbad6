// What the scripts in assets/ find and leave in the browser; read by tsc alone (jsconfig.json).

interface DashClientside {
  no_update: object;
  callback_context: {
    triggered: { prop_id: string; value: any }[];
    outputs_list: { id: Record<string, string>; property: string }[];
  };
  set_props(id: string, props: Record<string, unknown>): void;
  [namespace: string]: any;
}

interface Window {
  Plotly: any;
  dash_clientside: DashClientside;
  firstAnswers: { to(input: RequestInfo | URL, options?: RequestInit): Response | null };
  connection: { retrying(fetch: typeof window.fetch): typeof window.fetch };
  given: {
    element(name: string, kind?: string, text?: string): any;
    drawn(name: string, build: (box: HTMLElement, given: any) => void): void;
  };
  pictureExport: any;
  pictures: any;
  place: { root: string; outside(address: string): string; inside(path: string): string };
  plans: any;
  receipts: { of(card: HTMLElement): Promise<string> };
  singleKeys: { on(): boolean };
  theme: { choose(name: string): void };
}

// What handlers ask of where an event comes from; a window or a document has none of it.
interface EventTarget {
  closest?(selectors: string): any;
  classList?: DOMTokenList;
  files?: FileList;
  id?: string;
  value?: any;
}

// Elements are asked for by selectors, which name no type.
interface ParentNode {
  querySelector(selectors: string): any;
  querySelectorAll(selectors: string): NodeListOf<any>;
}

interface Element {
  closest(selectors: string): any;
}

interface DocumentEventMap {
  themechange: CustomEvent<{ theme: string; atOnce: boolean }>;
}

interface Document {
  getElementById(id: string): any;
  readonly activeElement: any;
}
