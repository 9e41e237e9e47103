package celltext

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fayi/judging/sheet/grid"
)

func TestNamesAreParted(t *testing.T) {
	for _, c := range []struct {
		text   string
		want   []string
		others bool
		odd    bool
	}{
		{text: "甲某", want: []string{"甲某"}},
		{text: "张  三", want: []string{"张三"}},
		{text: "张　三", want: []string{"张三"}},
		{text: "张三 李四", want: []string{"张三", "李四"}},
		{text: "张三　李四", want: []string{"张三", "李四"}},
		{text: "张 三 李 四", want: []string{"张三", "李四"}},
		{text: "张 三丰", want: []string{"张三丰"}},
		{text: "张三 丰", want: []string{"张三丰"}},
		{text: "张 三 丰", want: []string{"张三丰"}},
		{text: "甲乙丙 丁 戊 己庚", want: []string{"甲乙丙", "丁戊", "己庚"}},
		{text: "甲某、乙某，丙某,丁某;戊某；己某/庚某", want: []string{"甲某", "乙某", "丙某", "丁某", "戊某", "己某", "庚某"}},
		{text: "甲某\n乙某\r\n丙某", want: []string{"甲某", "乙某", "丙某"}},
		{text: "张\n三", want: []string{"张三"}},
		{text: "张小\r\n三", want: []string{"张小三"}},
		{text: "张\n三\n李四", want: []string{"张三", "李四"}},
		{text: "甲某\n\n乙  某", want: []string{"甲某", "乙某"}},
		{text: "甲某、乙某等", want: []string{"甲某", "乙某"}, others: true},
		{text: "甲某等3人", want: []string{"甲某"}, others: true},
		{text: "甲某（等）", want: []string{"甲某"}, others: true},
		{text: "甲某某乙某某丙  某等", want: []string{"甲某某乙某某丙某"}, others: true, odd: true},
		{text: "王等", want: []string{"王等"}},
		{text: "甲某（三年级2班）、乙某(12岁)", want: []string{"甲某", "乙某"}},
		{text: "作者01、作者02", want: []string{"作者01", "作者02"}},
		{text: "1、甲某2、乙某", want: []string{"甲某", "乙某"}},
		{text: "乙某、甲某（组长）", want: []string{"甲某", "乙某"}},
		{text: "甲某13800138000", want: []string{"甲某"}},
		{text: "1.甲某", want: []string{"甲某"}},
		{text: "编剧：甲某 导演：乙某", want: []string{"甲某", "乙某"}},
		{text: "Ann Lee, Bob Ray", want: []string{"Ann Lee", "Bob Ray"}},
		{text: "某某·某某某", want: []string{"某某·某某某"}},
		{text: "-"}, {text: "无"}, {text: " / "}, {text: ""}, {text: "　"}, {text: "、"},
		{text: "甲某、无", want: []string{"甲某"}},
	} {
		got, others, odd := SplitNames(c.text)
		if !slices.Equal(got, c.want) || others != c.others || odd != c.odd {
			t.Errorf("%q: got %q others %v odd %v, want %q %v %v", c.text, got, others, odd, c.want, c.others, c.odd)
		}
	}
}

// Whatever parts names, the names come back; and splitting what was split changes nothing.
func TestNamesComeBackFromAnySeparator(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(
			rapid.StringMatching(`[甲乙丙丁戊己庚辛][某一二三四五六]{1,3}`), 1, 5, rapid.ID,
		).Draw(t, "names")
		text := names[0]
		for _, n := range names[1:] {
			text += rapid.SampledFrom([]string{"、", " 、 ", "，", ",", "\n", "；", " / ", "\r\n"}).Draw(t, "separator") + n
		}
		got, _, _ := SplitNames(text)
		if !slices.Equal(got, names) {
			t.Fatalf("%q: got %q, want %q", text, got, names)
		}
	})
}

func TestPhonesAreRead(t *testing.T) {
	for _, c := range []struct {
		text, phone, name string
		ok                bool
	}{
		{"13800138000", "13800138000", "", true},
		{"１３８００１３８０００", "13800138000", "", true},
		{"138 0013 8000", "13800138000", "", true},
		{"138-0013-8000", "13800138000", "", true},
		{"+86 13800138000", "13800138000", "", true},
		{"1.3800138E+10", "13800138000", "", true},
		{"1.38E+10", "1.38E+10", "", false},
		{"0518-88888888", "0518-88888888", "", true},
		{"88888888", "88888888", "", true},
		{"13800138000/13900139000", "13800138000、13900139000", "", true},
		{"甲某某 13800138000", "13800138000", "甲某某", true},
		{"1380013800", "1380013800", "", false},
		{"见备注", "见备注", "", false},
	} {
		if phone, name, ok := ReadPhone(c.text); phone != c.phone || name != c.name || ok != c.ok {
			t.Errorf("%q: %q %q %v", c.text, phone, name, ok)
		}
	}
}

func TestIdentityNumbersAreChecked(t *testing.T) {
	for _, c := range []struct {
		cell     grid.Cell
		lost, ok bool
	}{
		{grid.Cell{Text: "999999199003070012"}, false, true}, // a region that does not exist
		{grid.Cell{Text: " 999999 19900307 0012 "}, false, true},
		{grid.Cell{Text: "999999199003070010"}, false, false},
		{grid.Cell{Text: "110101900307001"}, false, true},
		{grid.Cell{Text: "1.10101199003070E+17"}, true, false},
		{grid.Cell{Text: "110101199003070000", Kind: grid.NumberCell}, true, false},
		{grid.Cell{Text: "123"}, false, false},
	} {
		if _, lost, ok := ReadIDCard(c.cell); lost != c.lost || ok != c.ok {
			t.Errorf("%q: lost %v ok %v", c.cell.Text, lost, ok)
		}
	}
	right := 0
	for _, d := range "0123456789X" {
		if idChecks("99999919900307001" + string(d)) {
			right++
		}
	}
	if right != 1 {
		t.Errorf("%d check digits of eleven are right", right)
	}
}
