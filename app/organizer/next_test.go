package organizer

import (
	"slices"
	"strings"
	"testing"

	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
)

// TestWhatStopsComesBeforeWhatIsAskedAbout and what has a step of its own, or concerns another gate, does not come by
// the list of open points.
func TestWhatStopsComesBeforeWhatIsAskedAbout(t *testing.T) {
	text := pagetest.Chinese(t)
	point := func(n int, kind, place string, stops, asks office.Gate) office.Point {
		p := office.Point{
			Kind: kind, Place: place, Count: n, Text: "open.no_files", Args: judging.Args{"Count": n},
		}
		if stops != "" {
			p.Stops = []office.Gate{stops}
		}
		if asks != "" {
			p.Asks = []office.Gate{asks}
		}
		return p
	}
	handedIn := summary(12, 4, judging.Published, 36, 36, true, 0)
	for name, c := range map[string]struct {
		in   office.Summary
		open []office.Point
		want []string // what the steps say: a number of it, or the step itself
	}{
		"asked first, stopped last": {
			handedIn, []office.Point{
				point(71, "clashes", page.Clashes, "", "decide"), point(72, "reopened", page.Disputes, "decide", ""),
			}, []string{"72", "71", "评定"},
		},
		"stopped and asked is said once": {
			handedIn, []office.Point{point(71, "clashes", page.Clashes, "decide", "decide")}, []string{"71", "评定"},
		},
		"another gate": {
			handedIn, []office.Point{
				point(71, "clashes", page.Clashes, "close", "publish"), point(72, "reopened", page.Disputes, "", ""),
			}, []string{"评定"},
		},
		"disputes before awards, whatever asks": {
			handedIn, []office.Point{point(71, "disputes", page.Disputes, "", "")}, []string{"71", "评定"},
		},
		"a step of its own": {
			handedIn, []office.Point{point(71, "flags", page.Progress, "decide", "decide")}, []string{"评定"},
		},
		"a place without a stage": {
			handedIn, []office.Point{point(71, "clashes", "nowhere", "decide", "decide")}, []string{"评定"},
		},
		"no more than three, the step among them": {
			handedIn, []office.Point{
				point(71, "clashes", page.Clashes, "decide", ""), point(72, "reopened", page.Disputes, "decide", ""),
				point(73, "duplicates", page.Duplicates, "decide", ""),
			}, []string{"71", "72", "评定"},
		},
	} {
		var got []string
		for _, n := range nextSteps(text, Standing{Summary: c.in, Open: c.open}) {
			got = append(got, n.text+" "+n.act)
		}
		if !slices.EqualFunc(got, c.want, strings.Contains) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestStepsSayHowMuchIsLeft in numbers, and nothing of what is not open.
func TestStepsSayHowMuchIsLeft(t *testing.T) {
	text := pagetest.Chinese(t)
	standing := summary(12, 4, judging.Published, 36, 36, true, 3)
	standing.Notice = &judging.Notice{State: judging.Standing, Until: "2026-05-20"}
	over := standing
	over.NoticeOver = true
	contested := standing
	contested.Objections = 1
	ready := summary(12, 4, "", 0, 0, false, 0)
	ready.Loose, ready.Waiting = 1, 1
	asked := summary(12, 4, judging.Published, 36, 35, false, 0)
	asked.Flags = 1
	for name, c := range map[string]struct {
		in   office.Summary
		want [][]string
	}{
		"scoring":           {summary(12, 4, judging.Published, 36, 7, false, 0), [][]string{{"29"}}},
		"the last score":    {asked, [][]string{{"1 "}, {"1 "}}},
		"a standing notice": {standing, [][]string{{"正在公示"}}},
		"one that is over":  {over, [][]string{{"期满", "定稿"}}},
		"one objection":     {contested, [][]string{{"1 ", "异议"}, {"公示"}}},
		"works and judges":  {ready, [][]string{{"1 ", "文件"}, {"1 "}, {"12", "4"}}},
		"a draft":           {summary(12, 4, judging.Draft, 36, 0, false, 0), [][]string{{"36"}}},
		"awards": {
			summary(12, 4, judging.Published, 36, 36, true, 3), [][]string{{"15"}, {"15"}},
		},
	} {
		got := nextSteps(text, Standing{Summary: c.in})
		ok := len(got) == len(c.want)
		for i := range min(len(got), len(c.want)) {
			for _, w := range c.want[i] {
				ok = ok && strings.Contains(got[i].text, w)
			}
		}
		if !ok {
			t.Errorf("%s: %+v, want %q", name, got, c.want)
		}
	}
}
