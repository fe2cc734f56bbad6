"""What a page's policy allows to run, and a watch for what breaks it."""

import re

# Kept over the pages that are turned to within a document, and read before the next document.
WATCH = """window.violations = [];
document.addEventListener('securitypolicyviolation', event => window.violations.push(
    `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`))"""


def scripts_allowed(answer):
    """The sources of scripts that the policy of an answer allows."""
    policy = answer.headers["content-security-policy"]
    return re.search(r"script-src ([^;]*)", policy)[1]
