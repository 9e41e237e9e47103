package judging_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fayi/judging"
)

const sentinel = "机密"

// fill sets every string below v to the sentinel and every number to 7, so that no field of a work is left out by
// the test.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(sentinel)
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(v.Index(i))
		}
	case reflect.Map:
		m := reflect.MakeMap(v.Type())
		m.SetMapIndex(reflect.ValueOf(sentinel), reflect.ValueOf(sentinel))
		v.Set(m)
	}
}

func TestABlindWorkTellsNothingOfItsMaker(t *testing.T) {
	var w judging.Work
	fill(reflect.ValueOf(&w).Elem())
	w.Code, w.Title, w.Category, w.Group = "SF-0132", "法治之光", "书法", "小学组"
	for i := range w.Files {
		w.Files[i].Kind = "picture"
	}
	data, err := json.Marshal(w.Blind())
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"code":"SF-0132","title":"法治之光","category":"书法","group":"小学组","files":[{"kind":"picture","bytes":` +
		`7},{"kind":"picture","bytes":7}]}`
	if string(data) != want {
		t.Errorf("a judge sees %s", data)
	}
	if whole, _ := json.Marshal(w); strings.Count(string(whole), sentinel) < 15 {
		t.Errorf("the test's work holds too little to hide: %s", whole)
	}
}

func TestTheSameRowIsTheSameWork(t *testing.T) {
	base := judging.Work{Category: "书法", Title: "《民法典》颂", Authors: []string{"李明", "王芳"}, Unit: "一中"}
	tests := []struct {
		name  string
		other judging.Work
		same  bool
	}{
		{"authors in another order", judging.Work{
			Category: "书法",
			Title:    "《民法典》颂",
			Authors:  []string{"王芳", "李明"},
		}, true},
		{"padded names", judging.Work{Category: " 书法", Title: "《民法典》 颂", Authors: []string{"李　明", "王 芳"}}, true},
		{"another title", judging.Work{Category: "书法", Title: "《民法典》赞", Authors: base.Authors}, false},
		{"another category", judging.Work{Category: "绘画", Title: base.Title, Authors: base.Authors}, false},
		{"one author less", judging.Work{Category: "书法", Title: base.Title, Authors: []string{"李明"}}, false},
		{"names run together", judging.Work{Category: "书法", Title: base.Title, Authors: []string{"李明王芳"}}, false},
		{"title and author shifted", judging.Work{
			Category: "书法",
			Title:    base.Title + "李明",
			Authors:  []string{"王芳"},
		}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := base.Key() == tt.other.Key(); got != tt.same {
				t.Errorf("same = %v, want %v", got, tt.same)
			}
		})
	}
	if base.Authors[0] != "李明" {
		t.Error("Key changed the order of the authors")
	}
}

func TestChangesNameWhatDiffers(t *testing.T) {
	old := judging.Work{
		ID:      "w1",
		Title:   "旧",
		Authors: []string{"甲"},
		Phone:   "1",
		More:    map[string]string{"年级": "三"},
		Status:  judging.Accepted,
	}
	next := judging.Work{
		ID:       "w2",
		Title:    "新",
		Authors:  []string{"甲", "乙"},
		Teachers: []string{"丙"},
		More:     map[string]string{"班级": "二", "年级": "四"},
		Status:   judging.Rejected,
	}
	want := []judging.WorkChange{
		{"title", "旧", "新"}, {"authors", "甲", "甲、乙"}, {"teachers", "", "丙"}, {"年级", "三", "四"}, {"班级", "", "二"},
	}
	if got := old.Changes(next); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := old.Changes(old); len(got) != 0 {
		t.Errorf("a work differs from itself by %v", got)
	}
}

var sheetWorks = rapid.Custom(func(t *rapid.T) judging.Work {
	text := rapid.SampledFrom([]string{"", "甲", "乙", "丙丁"})
	names := rapid.SliceOfN(rapid.SampledFrom([]string{"李明", "王芳", "陈静"}), 0, 3)
	return judging.Work{
		ID:       judging.WorkID(text.Draw(t, "id")),
		Code:     judging.WorkCode(text.Draw(t, "code")),
		Number:   text.Draw(t, "number"),
		Title:    text.Draw(t, "title"),
		Category: text.Draw(t, "category"),
		Group:    text.Draw(t, "group"),
		Authors:  names.Draw(t, "authors"),
		Unit:     text.Draw(t, "unit"),
		Sender:   text.Draw(t, "sender"),
		Teachers: names.Draw(t, "teachers"),
		Contact:  text.Draw(t, "contact"),
		Phone:    text.Draw(t, "phone"),
		Email:    text.Draw(t, "email"),
		IDCard:   text.Draw(t, "id_card"),
		Intro:    text.Draw(t, "intro"),
		FileName: text.Draw(t, "file_name"),
		More:     rapid.MapOfN(rapid.SampledFrom([]string{"年级", "班级", "备注"}), text, 0, 3).Draw(t, "more"),
		Status:   judging.WorkStatus(text.Draw(t, "status")),
		Source:   judging.Place{File: "x.xlsx", Row: rapid.IntRange(0, 9).Draw(t, "row")},
		Files:    []judging.File{{Name: text.Draw(t, "file")}},
	}
})

func TestAfterAMergeNothingIsLeftToChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, next := sheetWorks.Draw(t, "old"), sheetWorks.Draw(t, "next")
		if left := old.Merge(next).Changes(next); len(left) != 0 {
			t.Errorf("left: %v", left)
		}
	})
}

func TestALaterSheetTakesNothingAway(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, next := sheetWorks.Draw(t, "old"), sheetWorks.Draw(t, "next")
		merged := old.Merge(next)
		if merged.ID != old.ID || merged.Code != old.Code || merged.Status != old.Status ||
			!reflect.DeepEqual(merged.Files, old.Files) {
			t.Errorf("identity, code, status or files changed: %+v", merged)
		}
		if merged.Source != next.Source {
			t.Errorf("source is %v", merged.Source)
		}
		told := map[string]bool{}
		for _, c := range old.Changes(next) {
			told[c.Field] = true
		}
		for _, c := range merged.Changes(old) {
			if !told[c.Field] {
				t.Errorf("%s went from %q to %q untold", c.Field, c.New, c.Old)
			}
		}
		for k, v := range old.More {
			if v != "" && merged.More[k] == "" {
				t.Errorf("%s was taken away", k)
			}
		}
		if got := merged.Merge(next); !reflect.DeepEqual(got, merged) {
			t.Errorf("merging again changes %+v to %+v", merged, got)
		}
	})
}

func TestAMergeLeavesBothSidesAlone(t *testing.T) {
	old := judging.Work{More: map[string]string{"年级": "三"}}
	next := judging.Work{More: map[string]string{"年级": "四", "备注": ""}}
	old.Merge(next)
	if old.More["年级"] != "三" || next.More["年级"] != "四" || len(next.More) != 2 {
		t.Errorf("old %v, next %v", old.More, next.More)
	}
}
