"""Nobody can be told from a masked message; what it is about stays."""

from __future__ import annotations

import pytest

from houlu.learning.mask import mask


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("我电话13812345678，奥希耐药了", "13812345678"),
        ("打我 138 1234 5678", "5678"),
        ("座机021-65432100找我", "65432100"),
        ("身份证310101195603021234", "1956"),
        ("身份证号31010119560302123X", "123X"),
        ("１３８１２３４５６７８", "１２３４"),
        ("我手机幺三八幺二三四五六七八", "幺二三四"),
        ("住院号A12345 说耐药了", "12345"),
        ("微信号 wang_jg1960 加我", "wang_jg1960"),
        ("发到lihua@qq.com", "lihua"),
        ("1956年3月2日生的", "1956"),
        ("我叫王建国，吃易瑞沙", "王建国"),
        ("患者：陈小红 女", "陈小红"),
        ("姓名 李雷，肺腺", "李雷"),
        ("上次是李明主任看的", "李明"),
        ("张医生说又长了", "张"),
        ("劉醫生話耐藥", "劉"),
        ("王建国这两天咳得厉害", "王建国"),
    ],
)
def test_what_tells_a_person_is_gone(text: str, secret: str) -> None:
    assert secret not in mask(text)


@pytest.mark.parametrize(
    "text",
    [
        "易瑞沙吃了十个月，CT从2.1长到3.4",
        "9291也耐了，858突变",
        "医生说抽血没查到790",
        "马上找医生可以吗",
        "安罗替尼和贝伐哪个好",
        "问了主任，说是met扩增",
        "白合子的易瑞莎",
        "cea从4涨到1700",
    ],
)
def test_what_it_is_about_stays(text: str) -> None:
    assert mask(text) == text


def test_one_line_comes_out() -> None:
    assert mask("药不灵了\n 怎么办") == "药不灵了 怎么办"
