"""Exaggeration, ordinary causes and everyday objects are calm; the same words said in earnest are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from houlu.safety.red_flags import RedFlags
from houlu.understanding.normalise import Normaliser

KNOWLEDGE = Path(__file__).parents[3] / "data" / "knowledge"
RULES = RedFlags.load(KNOWLEDGE)
NORMALISE = Normaliser.load(KNOWLEDGE)

PAIRS = [
    ("等叫号等得我快断气了", "他快断气了"),
    ("窗口跑得我吐血三升", "我爸刚才吐血了"),
    ("作业气得我脑出血", "我爸气得晕过去了"),
    ("跑了五公里 喘成狗 歇会儿好了", "跑步还好 现在坐着也喘不上气"),
    ("爬山爬到一半 气都喘不匀", "我妈爬山的时候突然胸口绞痛 冒冷汗"),
    ("外面热得喘不过气", "天太热 我妈坐着都喘不上气 嘴都紫了"),
    ("蹲厕所起来腿麻得站不住", "蹲完厕所起来眼前一黑就倒了"),
    ("跟老公吵架 他三天没跟我说话", "我爸吵完架突然说不出话 嘴歪了"),
    ("阳台晾衣服的绳子断了", "我买了根绳子 谁也别找我"),
    ("陪她去河边散步", "河边坐了一下午 活着真累"),
    ("切菜切到手 贴了创可贴", "我拿刀划了手腕"),
    ("我妈去天台晒被子", "阳台晒衣服的时候婆婆突然半边身子不能动"),
    ("电脑突然黑屏 一点反应没有", "老公突然没反应了"),
    ("手机掉水里了", "右手突然没劲 手机都掉了"),
    ("大夫说该看墓地了 是没剩几天了吗", "墓地我自己买好了 不治了"),
    ("血压120 80 血氧97 心率72 脸上有点干", "血氧87 心率72"),
    ("我不是要寻死 就想问停药行不行", "我就是要寻死"),
]


@pytest.mark.parametrize(("calm", "danger"), PAIRS)
def test_only_what_is_meant_alarms(calm: str, danger: str) -> None:
    assert RULES.find(NORMALISE(calm).text) is None
    assert RULES.find(NORMALISE(danger).text) is not None


@pytest.mark.parametrize("said", ["游戏卡得没反应", "猫从柜子上摔下来", "作业写得我头大"])
def test_an_everyday_matter_is_no_emergency_because_a_classifier_thinks_so(said: str) -> None:
    assert RULES.is_everyday(NORMALISE(said).text, "neuro")
    assert not RULES.is_everyday(NORMALISE("他头疼得厉害 叫不应").text, "neuro")
