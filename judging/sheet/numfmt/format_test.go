package numfmt

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

func parse(t *testing.T, code string) *Format {
	t.Helper()
	if id, builtin := strings.CutPrefix(code, "id "); builtin {
		n, err := strconv.Atoi(id)
		if err != nil {
			t.Fatal(err)
		}
		return Builtin(n)
	}
	return Parse(code)
}

// TestAsLibreOfficeShowsIt compares with what LibreOffice 7.4 wrote for a workbook of formats and values, on a Chinese
// system. Rows in which Excel shows something else are not in the file; the next test has them.
func TestAsLibreOfficeShowsIt(t *testing.T) {
	data, err := os.ReadFile("testdata/libreoffice.tsv")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	if len(lines) < 800 {
		t.Fatalf("%d rows", len(lines))
	}
	for _, line := range lines {
		cells := strings.Split(line, "\t")
		f, got := parse(t, cells[0]), ""
		if v, err := strconv.ParseFloat(cells[1], 64); err == nil {
			got = f.Number(v, false)
		} else {
			got = f.Text(cells[1])
		}
		if got != strings.TrimSpace(cells[2]) {
			t.Errorf("%s of %s: %q, want %q", cells[0], cells[1], got, cells[2])
		}
	}
}

// TestAsExcelShowsIt holds what Excel shows otherwise than LibreOffice, and what is ours.
func TestAsExcelShowsIt(t *testing.T) {
	for _, c := range []struct {
		code string
		v    float64
		want string
	}{
		{`id 14`, 46360, "2026/12/4"}, {`id 22`, 46360.75, "2026/12/4 18:00"}, {`id 16`, 46360, "4-Dec"},
		{`id 58`, 46360, "12月4日"}, {`id 57`, 46360, "2026年12月"}, {`id 34`, 0.75, "下午6时00分"},
		{`id 27`, 46360, "2026年12月"}, {`id 31`, 46360, "2026年12月4日"}, {`id 5`, 12, "¥12"},
		{`id 0`, 12.5, "12.5"},
		{`yyyy/m/d`, 1, "1900/1/1"}, {`yyyy/m/d`, 60, "1900/2/29"}, {`yyyy/m/d`, 61, "1900/3/1"},
		{`yyyy/m/d`, 0, "1900/1/0"}, {`yyyy/m/d`, -1, "-1"}, {`yyyy/m/d`, 2958465, "9999/12/31"},
		{`yyyy/m/d`, 2958466, "2958466"}, {`h:mm:ss`, 0.99999999, "0:00:00"},
		{`yyyy/m/d`, 46359.9999999, "2026/12/4"},
		{`[DBNum1]0`, 12, "一二"}, {`[DBNum1]`, 12, "一十二"}, {`[DBNum1]General`, 1003, "一千〇三"},
		{`[DBNum1]General`, 10010000, "一千〇一万"}, {`[DBNum2]General`, 100000000, "壹亿"}, {`[DBNum3]0`, 12, "１２"},
		{`"第"[DBNum1][$-804]General"届"`, 12, "第一十二届"},
		{`[DBNum1][$-804]yyyy"年"m"月"d"日"`, 44125, "二〇二〇年十月二十一日"},
		{`G/通用格式"分"`, 98.5, "98.5分"}, {`G/通用格式`, 12, "12"}, {`0.00E+00`, 13800138000, "13800138000"},
		{`##0.0E+0`, 510123199001011234, "510123199001011000"}, {`;;;`, -7.5, "-7.5"}, {`;;;`, 0, ""},
		{`0;;;`, -3, "-3"},
		{`#,##0`, -1234567, "-1,234,567"}, {`0000`, -3, "-0003"}, {`0.00`, 1.005, "1.01"},
		{`0`, 2.5, "3"}, {`0`, -0.4, "0"},
		{`000-0000-0000`, 13800138000, "138-0013-8000"}, {`"NO."0000`, 7, "NO.0007"}, {`0"岁"`, 12, "12岁"},
		{`[红色]0`, 12, "12"}, {`[Color5]0.0`, 12, "12.0"}, {`[>=60]"合格";"不合格"`, 59, "不合格"},
		{`[>=60]"合格";"不合格"`, 60, "合格"},
		{`[=1]"是";[=0]"否";0`, 1, "是"}, {`[=1]"是";[=0]"否";0`, 0, "否"}, {`[=1]"是";[=0]"否";0`, 2, "2"},
		{`# ??/??`, 0.25, "1/4"}, {`# ?/?`, 2, "2"}, {`?/?`, 1.5, "3/2"},
		{`# ?/2`, 2.9, "3"}, {`# ?/?`, -0.5, "-1/2"},
		{`0%`, 0.855, "86%"}, {`0.0%`, 0.855, "85.5%"}, {`[h]:mm`, 1.5, "36:00"}, {`[mm]:ss`, 0.05, "72:00"},
		{`h"小时"m"分"`, 0.0625, "1小时30分"}, {`m"分"s"秒"`, 0.0020833333, "3分0秒"},
		{`[$-F400]h:mm:ss AM/PM`, 0.75, "18:00:00"},
		{`[$-1E000804]m"月"d"日";@`, 46023, "一月一日"}, {`[$-1F000804]0`, 12, "壹贰"}, {`[$-20000804]0`, 12, "１２"},
		{`[$-x-sysdate]dddd, mmmm dd, yyyy`, 46360, "2026年12月4日"}, {`[$-804]dddd`, 46360, "星期五"},
		{`[$-804]ddd`, 46360, "周五"},
		{`ddd`, 46360, "Fri"}, {`[$-409]mmmm`, 46360, "December"}, {`mmmmm`, 46360, "D"},
		{`[$-804]mmmm`, 46360, "十二月"},
		{`aaaa`, 1, "星期日"}, {`e"年"`, 46360, "2026年"}, {`yyyy-mm-dd"T"hh:mm`, 46360.5, "2026-12-04T12:00"},
		{`0.0,`, 1234, "1.2"}, {`0.0,,"百万"`, 1234567, "1.2百万"}, {`0;-0;;@`, 0, ""},
		{`a;b;c;d;e`, 12, "12"}, {``, 12, "12"},
	} {
		if got := parse(t, c.code).Number(c.v, false); got != c.want {
			t.Errorf("%s of %v: %q, want %q", c.code, c.v, got, c.want)
		}
	}
	if got := Parse("yyyy/m/d").Number(42501, true); got != "2020/5/12" {
		t.Errorf("counted from 1904: %q", got)
	}
	if got := Plain(math.NaN()) + Plain(math.Inf(1)); got != "" {
		t.Errorf("no numbers: %q", got)
	}
}

func TestTextsAreShownInTheirFormat(t *testing.T) {
	for _, c := range [][3]string{
		{`@"小学"`, "第一", "第一小学"}, {`"示例县"@`, "第一小学", "示例县第一小学"}, {`0;0;0;"甲"@`, "某", "甲某"},
		{`0`, "文", "文"}, {`;;;`, "藏", "藏"}, {`@@`, "双", "双双"}, {`@`, "文", "文"}, {`m"月"d"日";@`, "十二月", "十二月"},
		{`@"小学"`, "", ""},
	} {
		if got := Parse(c[0]).Text(c[1]); got != c[2] {
			t.Errorf("%s of %s: %q, want %q", c[0], c[1], got, c[2])
		}
	}
	if got := Parse(strings.Repeat("@", 500)).Text(strings.Repeat("长", 1<<17)); len(got) != 3<<17 {
		t.Errorf("%d bytes", len(got))
	}
}

func TestNumbersReadAsAPersonWritesThem(t *testing.T) {
	for f, want := range map[float64]string{
		1.3800138e10: "13800138000", 15.510000000000005: "15.51", 0.1 + 0.2: "0.3", -2: "-2", 0: "0",
		1e14: "100000000000000", 62.61: "62.61",
	} {
		if got := Plain(f); got != want {
			t.Errorf("%v: %q", f, got)
		}
	}
}

func TestFormatsOfDaysAreKnown(t *testing.T) {
	for code, want := range map[string]bool{
		"yyyy/m/d;@": true, "General": false, `0.00"m"`: false, "[h]:mm": true, "#,##0": false, "[Red]0.00": false,
		`yyyy"年"m"月"`: true, "G/通用格式": false, "@": false, "0_ ": false, "[$-804]aaaa": true, "[DBNum1]yyyy": true,
	} {
		if got := Parse(code).Date(); got != want {
			t.Errorf("%q: %v", code, got)
		}
	}
}

// FuzzFormat: any format shows any number, and no number vanishes.
func FuzzFormat(f *testing.F) {
	for _, code := range []string{
		`[DBNum1][$-804]yyyy"年"m"月"d"日";@`, "# ??/??", "[>=100]0;0.0,,", "[h]:mm:ss.000", "@@", "a/p",
	} {
		f.Add(code, 46360.75, "文")
	}
	f.Fuzz(func(t *testing.T, code string, v float64, text string) {
		p := Parse(code)
		_ = p.Number(v, true)
		if got := p.Number(v, false); got == "" && math.Abs(v) >= 1 && !math.IsInf(v, 0) {
			t.Errorf("%q hides %v", code, v)
		}
		if got := p.Text(text); got == "" && text != "" {
			t.Errorf("%q hides %q", code, text)
		}
	})
}
