package page

import (
	"slices"
	"testing"

	"fayi/app/kit/look"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
)

func TestProblemsThatKeepRowsOutComeFirst(t *testing.T) {
	lines := ProblemLines(pagetest.Chinese(t), []judging.Problem{
		{
			Place: judging.Place{File: "a.xlsx", Sheet: "书法", Row: 4}, Column: "C", Text: "sheet.odd_phone",
			Args: judging.Args{"Header": "电话"},
		},
		{Text: ownDoing, Args: judging.Args{"Header": "x"}},
		{Place: judging.Place{File: "a.xlsx", Row: 9}, Text: "sheet.no_title", Fatal: true},
		{Place: judging.Place{File: "b.png"}, Text: "media.doubt_several"},
	})
	var got []string
	for _, l := range lines {
		got = append(got, l.Kind+"|"+l.Place)
	}
	want := []string{"缺作品名称|第 9 行 · a.xlsx", "电话邮箱|第 4 行 C 列 · 书法 · a.xlsx", "附件拿不准|b.png"}
	if !slices.Equal(got, want) || lines[0].Tone != look.Problem || lines[1].Tone != look.Waiting {
		t.Fatalf("%q", got)
	}
}

func TestEveryKindOfProblemHasAName(t *testing.T) {
	text := pagetest.Chinese(t)
	for code := range problemKinds {
		if key := "app.kind_" + problemKind(code); text.T(key, nil) == key {
			t.Errorf("%s: no text for %s", code, key)
		}
	}
	for _, code := range []string{"media.doubt_x", "score.out_of_range", "paper.code_twice", "anything.else"} {
		if key := "app.kind_" + problemKind(code); text.T(key, nil) == key {
			t.Errorf("%s: no text for %s", code, key)
		}
	}
}
