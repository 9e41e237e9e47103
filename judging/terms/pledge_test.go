package terms_test

import (
	"strings"
	"testing"
	"time"

	"fayi/judging/terms"
)

// A pledge of 1,500 characters fits, one more does not; one of blanks is no pledge.
func TestAPledgeHasWordsAndFitsAPage(t *testing.T) {
	for _, c := range []struct {
		pledge terms.Pledge
		text   string
	}{
		{"", ""}, {"公正", ""}, {terms.Pledge(strings.Repeat("法", 1500)), ""},
		{terms.Pledge(strings.Repeat("法", 1501)), "rules.pledge_long"},
		{" ", "rules.pledge_empty"}, {"\n", "rules.pledge_empty"}, {"\xff", "rules.pledge_empty"},
	} {
		got := ""
		for _, f := range c.pledge.Faults() {
			got += f.Text
		}
		if got != c.text {
			t.Errorf("%.12q: %q, want %q", string(c.pledge), got, c.text)
		}
	}
}

func TestAPledgeIsAskedInItsWordsUntilAccepted(t *testing.T) {
	var none terms.Pledge
	if none.Asked("甲", "乙", time.Time{}) != nil || none.Sum() != "" || none.Asked("甲", "乙", time.Time{}).Open() {
		t.Error("no pledge is asked for")
	}
	p := terms.Pledge("【评委姓名】承诺公正评审【活动名称】；[judge], [contest].")
	a := p.Asked("征集", "王某", time.Time{})
	if a.Text != "王某承诺公正评审征集；王某, 征集." || !a.Open() || len(a.Sum) != 16 || a.Sum != p.Sum() {
		t.Errorf("%+v", a)
	}
	if other := p + " "; other.Sum() == p.Sum() {
		t.Error("two wordings have one name")
	}
	if p.Asked("征集", "王某", time.Unix(1, 0)).Open() {
		t.Error("an accepted pledge is open")
	}
}
