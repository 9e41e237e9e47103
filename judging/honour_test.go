package judging_test

import (
	"fmt"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/award"
)

// honoured writes units as "甲 3*; 乙 2", a star for those that get the prize.
func honoured(list []award.UnitHonour) string {
	var out []string
	for _, h := range list {
		star := ""
		if h.Given {
			star = "*"
		}
		out = append(out, fmt.Sprint(h.Unit, " ", h.Points, star))
	}
	return strings.Join(out, "; ")
}

func TestAUnitPrizeGoesToTheFirstOnesAndThoseEqualToTheLast(t *testing.T) {
	units := []string{"甲", "甲", "甲", "乙", "乙", "丁", "丙", "丁", "丙", "戊", " ", ""} // 3 2 2 2 1
	var works []judging.Work
	for i, u := range units {
		works = append(works, judging.Work{ID: judging.WorkID(fmt.Sprint("w", i)), Unit: u})
	}
	for _, tt := range []struct {
		count, least int
		perWork      float64
		want         string
	}{
		{1, 0, 1, "甲 3*; 丁 2; 丙 2; 乙 2; 戊 1"}, {2, 0, 1, "甲 3*; 丁 2*; 丙 2*; 乙 2*; 戊 1"},
		{4, 0, 1, "甲 3*; 丁 2*; 丙 2*; 乙 2*; 戊 1"},
		{5, 0, 1, "甲 3*; 丁 2*; 丙 2*; 乙 2*; 戊 1*"}, {0, 0, 1, "甲 3; 丁 2; 丙 2; 乙 2; 戊 1"},
		{1, 2, 1, "甲 3*; 丁 2; 丙 2; 乙 2"}, {1, 3, .5, "甲 1.5*"},
		{5, 0, 0, ""}, // no points, no standing
	} {
		prize := judging.UnitPrize{Name: "优秀组织奖", Count: tt.count, MinWorks: tt.least, PerWork: tt.perWork}
		rules := judging.Rules{UnitPrizes: []judging.UnitPrize{prize}}
		if got := honoured(award.UnitHonours(rules, works, nil)); got != tt.want {
			t.Errorf("%d prizes, %d works at least: %q, want %q", tt.count, tt.least, got, tt.want)
		}
	}
}

func TestAMinorIsOneOfAGroupOfChildren(t *testing.T) {
	r := judging.Rules{Groups: []judging.GroupRule{{Name: "小学组", Minor: true}, {Name: "成人组"}}}
	for group, want := range map[string]bool{"小学组": true, "成人组": false, "老年组": false, "": false} {
		if got := r.Minor(group); got != want {
			t.Errorf("%q: %v", group, got)
		}
	}
}
