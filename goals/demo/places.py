"""The bases of the demo in the four regions of the documents, and what they teach. All invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoBase:
    county: str
    name: str
    public_name: str
    institution_kind: str
    ownership: str
    category: str
    level: str
    skills: tuple[str, ...]
    kind: str = "training"


def _base(county: str, name: str, kind: str, ownership: str, category: str, level: str, *skills: str) -> DemoBase:
    # The name on certificates must not tell that the holder is disabled.
    public = name.replace("残疾人", "").replace("盲人", "").replace("特殊教育学校", "职业技能培训学校")
    return DemoBase(county, name, public, kind, ownership, category, level, skills)


BASES = (
    # 天水 620500
    _base("620502", "天水市秦州区明心按摩职业培训学校", "training_institution", "private", "blind_massage", "prefectural", "health-massage", "online-customer-service"),
    _base("620502", "天水市残疾人就业创业电商实训基地", "public_practice", "public", "e_commerce", "provincial", "e-commerce-customer-service", "livestreaming"),
    _base("620503", "天水市麦积区丝路雕漆传习所", "enterprise", "private", "heritage", "prefectural", "lacquerware", "carving"),
    _base("620503", "麦积区职业技术学校", "vocational_college", "public", "general", "prefectural", "e-commerce-operations", "sewing"),
    _base("620521", "清水县农民实用技术培训中心", "social_organisation", "public", "rural", "county", "crop-growing", "animal-husbandry"),
    _base("620522", "秦安县巧娘刺绣专业合作社", "enterprise", "private", "heritage", "county", "embroidery", "paper-cutting"),
    _base("620523", "甘谷县麻编工艺培训基地", "enterprise", "private", "heritage", "county", "paper-cutting", "embroidery"),
    _base("620524", "武山县职业教育中心", "vocational_college", "public", "general", "county", "sewing", "e-commerce-customer-service"),
    _base("620525", "张家川县阳光职业培训学校", "training_institution", "private", "general", "county", "embroidery", "animal-husbandry"),
    # 天津 120000
    _base("120101", "天津市和平区津声有声演播工作室", "enterprise", "private", "e_commerce", "county", "voice-acting", "e-commerce-customer-service"),
    _base("120103", "天津市河西区康复按摩职业培训学校", "training_institution", "private", "blind_massage", "provincial", "health-massage", "online-customer-service"),
    _base("120104", "天津市南开区新媒体实训中心", "training_institution", "private", "e_commerce", "county", "short-video", "new-media"),
    _base("120105", "天津市河北区职工技能培训学校", "training_institution", "public", "general", "county", "sewing", "e-commerce-customer-service"),
    _base("120106", "天津市红桥区泥塑剪纸大师工作室", "master_studio", "private", "heritage", "county", "clay-sculpture", "paper-cutting"),
    _base("120110", "天津市东丽区职业教育中心", "vocational_college", "public", "general", "provincial", "ai-training", "business-data-analysis"),
    _base("120111", "天津市西青区杨柳青年画传习基地", "enterprise", "private", "heritage", "county", "craft-painting", "paper-cutting"),
    _base("120114", "天津市武清区农广校实训基地", "public_practice", "public", "rural", "county", "crop-growing", "animal-husbandry"),
    _base("120116", "天津市滨海新区特殊教育学校", "special_education", "public", "general", "provincial", "piano-tuning", "music-production"),
    _base("120119", "天津市蓟州区乡村电商培训中心", "social_organisation", "private", "e_commerce", "county", "livestreaming", "crop-growing"),
    # 江西 360000
    _base("360102", "南昌市东湖区豫章按摩职业培训学校", "training_institution", "private", "blind_massage", "provincial", "health-massage", "online-customer-service"),
    _base("360104", "南昌市青云谱区电商创业孵化基地", "enterprise", "private", "e_commerce", "prefectural", "e-commerce-operations", "livestreaming"),
    _base("360202", "景德镇市昌江区瓷板画研习所", "master_studio", "private", "heritage", "provincial", "porcelain-plate-painting", "ceramics"),
    _base("360203", "景德镇市珠山区陶瓷工艺职业学校", "vocational_college", "public", "heritage", "prefectural", "ceramics", "porcelain-plate-painting"),
    _base("360302", "萍乡市安源区技工学校", "technical_school", "public", "general", "prefectural", "sewing", "e-commerce-customer-service"),
    _base("360402", "九江市濂溪区赣绣传承基地", "enterprise", "private", "heritage", "prefectural", "gan-embroidery", "embroidery"),
    _base("360502", "新余市渝水区夏布绣培训中心", "enterprise", "private", "heritage", "prefectural", "embroidery", "sewing"),
    _base("360602", "鹰潭市月湖区保健按摩实训基地", "training_institution", "private", "blind_massage", "prefectural", "health-massage", "online-customer-service"),
    _base("360702", "赣州市章贡区客家竹编专业合作社", "enterprise", "private", "heritage", "prefectural", "bamboo-weaving", "carving"),
    _base("360802", "吉安市吉州区云客服实训中心", "enterprise", "private", "e_commerce", "prefectural", "e-commerce-customer-service", "e-commerce-visual-design"),
    _base("360902", "宜春市袁州区农业实用技术学校", "vocational_college", "public", "rural", "prefectural", "crop-growing", "animal-husbandry"),
    _base("361002", "抚州市临川区数字技能培训学校", "training_institution", "private", "e_commerce", "prefectural", "business-data-analysis", "ai-training"),
    # 盘锦 211100
    _base("211102", "盘锦市双台子区芦苇画工艺基地", "enterprise", "private", "heritage", "prefectural", "craft-painting", "paper-cutting"),
    _base("211103", "盘锦市兴隆台区电商就业培训基地", "enterprise", "private", "e_commerce", "prefectural", "livestreaming", "supply-chain"),
    _base("211104", "盘锦市大洼区稻蟹种养技术学校", "vocational_college", "public", "rural", "county", "crop-growing", "animal-husbandry"),
    _base("211122", "盘山县保健按摩职业培训学校", "training_institution", "private", "blind_massage", "county", "health-massage", "online-customer-service"),
)
