package judging_test

import (
	"testing"

	"fayi/judging"
)

func TestAJudgeKnowsAllOrWhatIsListed(t *testing.T) {
	expert := judging.Judge{Categories: []string{"书法", "绘画"}}
	if !expert.Knows("绘画") || expert.Knows("征文") || !(judging.Judge{}).Knows("征文") {
		t.Error("a judge without categories knows all, one with them only those")
	}
}

func TestJudgesAreToldApartByNameAndUnit(t *testing.T) {
	a := judging.Judge{Name: "张 三", Unit: "县文联"}
	for _, tt := range []struct {
		name  string
		other judging.Judge
		same  bool
	}{
		{"padding", judging.Judge{Name: "张三", Unit: "县文联 "}, true},
		{"another unit", judging.Judge{Name: "张三", Unit: "县作协"}, false},
		{"name and unit shifted", judging.Judge{Name: "张三县", Unit: "文联"}, false},
	} {
		if got := a.Key() == tt.other.Key(); got != tt.same {
			t.Errorf("%s: same = %v", tt.name, got)
		}
	}
}

func TestARehearsalSaysSo(t *testing.T) {
	c := judging.Contest{Name: "法治文化作品征集"}
	if c.Title() != c.Name {
		t.Errorf("Title() = %q", c.Title())
	}
	c.Rehearsal = true
	if c.Title() != "【演练】法治文化作品征集" {
		t.Errorf("Title() = %q", c.Title())
	}
}

func TestATallyCountsEachRowOnce(t *testing.T) {
	var got judging.RowTally
	for _, s := range []judging.RowStatus{
		judging.RowAccepted, judging.RowAccepted, judging.RowUnchanged, judging.RowChanged, judging.RowRejected,
		"else",
	} {
		got.Add(s)
	}
	if want := (judging.RowTally{Accepted: 2, Unchanged: 1, Changed: 1, Rejected: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestARosterIsOfOnePlanAndJudge(t *testing.T) {
	if id := (judging.Roster{Plan: "p001", Judge: "j002"}).ID(); id != "p001/j002" {
		t.Errorf("ID() = %q", id)
	}
}
