package table

import (
	"fayi/judging/sheet/mapping"
	"slices"
	"testing"
)

func TestWhatASheetShowsIsRead(t *testing.T) {
	for name, want := range map[string][]string{
		"k6a-title-typed-as-a-date.xlsx": {"2 标题=12月4日 类=书法 组=小学组 作者=甲某一"},
		"k13-excel5-gbk.xls":             {"2 标题=守法 类=书法 组=小学组 作者=甲某一 单位=第一小学"},
		"k17-blank-far-right.xlsx":       {"2 标题=守法 类=书法 组=小学组 作者=甲某一"},
	} {
		r := readWorks(t, "testdata/shown/"+name, mapping.Options{})
		if got := briefs(r.rows); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}
