"""Small files of a district in which two streets merge in July 2026, as somebody hands them in.

The values are invented; the right results stand in test_target_meaning.py, computed by hand.
"""

AREAS = """\
code,name,level,parent
990202,测试区,district,
990202001,甲山街道,street,990202
990202002,乙水街道,street,990202
990202003,丙林街道,street,990202
990202004,丁河镇,street,990202
990202005,戊田镇,street,990202
990202006,己新街道,street,990202
"""
CHANGES = """\
date,kind,from,to,share,rule,source
2026-07,merge,990202004,990202006,,add,区划批复
2026-07,merge,990202005,990202006,,add,区划批复
"""
HOMES = """\
indicator,area,period,value,unit,status,kind
homes_adapted,990202001,2025-09,60,户,,
homes_adapted,990202001,2025-12,100,户,,
homes_adapted,990202001,2026-06,45,户,,
homes_adapted,990202001,2026-09,70,户,,
homes_adapted,990202002,2026-09,70,户,,
homes_adapted,990202003,2024-09,150,户,,
homes_adapted,990202003,2024-12,100,户,,
homes_adapted,990202003,2025-09,0,户,,
homes_adapted,990202003,2025-12,100,户,,
homes_adapted,990202003,2026-09,50,户,,
homes_adapted,990202004,2025-09,40,户,,
homes_adapted,990202005,2025-09,50,户,,
homes_adapted,990202004,2025-12,100,户,,
homes_adapted,990202005,2025-12,100,户,,
homes_adapted,990202006,2026-09,100,户,,
homes_adapted,990202004,2024-09,40,户,,
homes_adapted,990202004,2024-12,100,户,,
homes_adapted,990202005,2024-09,50,户,,
homes_adapted,990202005,2024-12,100,户,,
"""
DIBAO = """\
indicator,area,period,value,unit,status,kind
dibao_persons,990202001,2025-08,1000,人,,
dibao_persons,990202002,2025-08,1100,人,,
dibao_persons,990202003,2025-08,1200,人,,
dibao_persons,990202004,2025-08,1300,人,,
dibao_persons,990202005,2025-08,1400,人,,
dibao_persons,990202001,2025-09,1000,人,,
dibao_persons,990202002,2025-09,1100,人,,
dibao_persons,990202003,2025-09,1200,人,,
dibao_persons,990202004,2025-09,1300,人,,
dibao_persons,990202005,2025-09,1400,人,,
dibao_persons,990202001,2026-07,1050,人,,
dibao_persons,990202002,2026-07,1150,人,,
dibao_persons,990202003,2026-07,1250,人,,
dibao_persons,990202006,2026-07,1350,人,,
dibao_persons,990202001,2026-08,1050,人,,
dibao_persons,990202002,2026-08,1150,人,,
dibao_persons,990202003,2026-08,1250,人,,
dibao_persons,990202006,2026-08,1350,人,,
dibao_persons,990202001,2026-09,1050,人,,
dibao_persons,990202003,2026-09,1250,人,,
dibao_persons,990202006,2026-09,1350,人,,
"""
BEDS = """\
indicator,area,period,value,unit,status,kind
elderly_beds,990202001,2025-12,200,张,,
nursing_beds,990202001,2025-12,80,张,,
elderly_beds,990202002,2025-12,300,张,,
nursing_beds,990202002,2025-12,140,张,,
elderly_beds,990202003,2025-12,400,张,,
nursing_beds,990202003,2025-12,200,张,,
elderly_beds,990202004,2025-12,500,张,,
nursing_beds,990202004,2025-12,260,张,,
elderly_beds,990202005,2025-12,600,张,,
nursing_beds,990202005,2025-12,320,张,,
elderly_beds,990202001,2026-09,210,张,,
nursing_beds,990202001,2026-09,100,张,,
elderly_beds,990202002,2026-09,310,张,,
nursing_beds,990202002,2026-09,160,张,,
elderly_beds,990202003,2026-09,410,张,,
elderly_beds,990202006,2026-09,510,张,,
nursing_beds,990202006,2026-09,280,张,,
"""
SPENDING = """\
indicator,area,period,value,unit,status,kind
dibao_spending,990202,2025-09,800,万元,,
dibao_spending,990202,2026-09,801,万元,,
"""
MINUTES = """\
indicator,area,period,value,unit,status,kind
elderly_care_circle_minutes,990202,2026-09,25,分钟,,
elderly_care_circle_minutes,990202,2026,15,分钟,,target
"""
MARRIAGES = """\
indicator,area,period,value,unit,status,kind
marriages,990202004,2025-12,532,对,,
marriages,990202005,2025-12,568,对,,
marriages,990202006,2026-07,641,对,,
marriages,990202006,2026-08,714,对,,
marriages,990202006,2026-09,818,对,,
"""
TARGETS = """\
indicator,area,period,kind,value,unit,base,base_period,since,source,owner,tolerance,path,milestones
homes_adapted,990202001,2026,at_least,100,户,,,,要点,养老科,,historical,
homes_adapted,990202003,2026,at_least,100,户,,,,要点,养老科,,historical,
homes_adapted,990202006,2026,at_least,200,户,,,,要点,养老科,,historical,
homes_adapted,990202004,2026,at_least,100,户,,,,要点,养老科,,,
dibao_spending,990202,2026,at_most,1000,万元,,,,要点,养老科,,,
nursing_bed_share,990202,2026,at_least,55,%,,,,要点,养老科,,,
dibao_persons,990202,2026,at_most,4000,人,,,,要点,救助科,,,
marriages,990202006,2026,growth,5,%,,,,要点,登记处,,,
orphans,990202001,2026,at_most,60,人,,,,要点,儿童科,,,
nursing_bed_share,990202006,2026,at_least,55,%,,,,要点,养老科,,,
"""
ORPHANS = """\
indicator,area,period,value,unit,status,kind
orphans,990202001,2025-12,190,人,,
orphans,990202001,2026-07,180,人,,
orphans,990202001,2026-08,158,人,,
orphans,990202001,2026-09,141,人,,
"""
FILES = {
    "areas": AREAS,
    "changes": CHANGES,
    "homes": HOMES,
    "dibao": DIBAO,
    "beds": BEDS,
    "spending": SPENDING,
    "minutes": MINUTES,
    "marriages": MARRIAGES,
    "orphans": ORPHANS,
    "targets": TARGETS,
}
