package judging_test

import (
	"slices"
	"strings"
	"testing"

	"fayi/judging"
)

func TestNamesAreFound(t *testing.T) {
	w := judging.Work{
		Authors:  []string{"王小明", "Li An"},
		Teachers: []string{"赵敏"},
		Unit:     "云岭市青山县青山镇中心小学",
		Sender:   "青山县第三中学（北校区）",
		Phone:    "13800001111",
		Contact:  "孙 丽",
	}
	for text, want := range map[string][]judging.NameKind{
		"我叫王小明。":               {judging.NameAuthor},
		"作者：王 小　明":             {judging.NameAuthor},
		"王·小·明":                {judging.NameAuthor},
		"指导教师赵敏，作者王小明":         {judging.NameTeacher, judging.NameAuthor},
		"青山县青山镇中心小学五年级":        {judging.NameUnit},
		"青山镇中心小学":              {judging.NameUnit},
		"我在青山小学读书":             {judging.NameUnit},
		"青山三中的操场":              {judging.NameUnit},
		"电话138 0000 1111":      {judging.NameContact},
		"写信给ＬＩ　ＡＮ":             {judging.NameAuthor},
		"联系人孙丽":                {judging.NameContact},
		"in a plain land":      nil,
		"我们学校是中心小学，小明也在":       nil,
		"国王小跑，明天见":             nil,
		"青山绿水":                 nil,
		"第三中学":                 nil,
		"王\n小明":                nil,
		"王小明，王小明":              {judging.NameAuthor, judging.NameAuthor},
		"":                     nil,
		"\xFF\xFE王小明\xFF":      {judging.NameAuthor},
		strings.Repeat("x", 9): nil,
	} {
		hits := judging.FindNames(text, w)
		var got []judging.NameKind
		for _, h := range hits {
			got = append(got, h.Kind)
			if part := judging.Fold(text[h.From:h.To]); part == "" || !strings.Contains(judging.Fold(h.Near), part) {
				t.Errorf("%q: hit %q is not shown by %q", text, part, h.Near)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestAWorkWithoutNamesHasNone(t *testing.T) {
	if hits := judging.FindNames("王小明 中心小学", judging.Work{Unit: "中心小学", Authors: []string{"王"}}); len(hits) != 0 {
		t.Errorf("found %v", hits)
	}
}

func TestNamesDigestFollowsNames(t *testing.T) {
	a, b := judging.Work{Authors: []string{"王小明"}}, judging.Work{Authors: []string{"王晓明"}}
	if a.NamesDigest() == b.NamesDigest() || a.NamesDigest() != (judging.Work{
		Title:   "x",
		Authors: []string{"王小明"},
	}).NamesDigest() {
		t.Error("a digest must follow the names and nothing else")
	}
}

func TestMasksCoverWhatTheyTouch(t *testing.T) {
	m := judging.Mask{X: .101, Y: .5, W: .2, H: .5}
	if r := m.Pixels(100, 10); r.Min.X != 10 || r.Max.X != 31 || r.Min.Y != 5 || r.Max.Y != 10 {
		t.Errorf("covers %v", r)
	}
	for _, bad := range []judging.Mask{{}, {W: -1, H: 1}, {X: .5, W: .6, H: 1}, {W: 1, H: 2}, {Page: -1, W: 1, H: 1}} {
		if judging.CheckMasks([]judging.Mask{bad}) == nil {
			t.Errorf("%+v passes", bad)
		}
	}
	if err := judging.CheckMasks([]judging.Mask{{W: 1, H: 1}, {X: .7, Y: .9, W: .3, H: .1}}); err != nil {
		t.Error(err)
	}
	if err := judging.CheckMasks(make([]judging.Mask, judging.MaxMasks+1)); err == nil {
		t.Error("any number passes")
	}
}
