package award_test

import (
	"fmt"
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/voting"
)

// The examples of this file were worked out by others and published with their results: the result printed there is
// the oracle. Where a page says how each judge judged, all of it is typed here; nothing of a page's wording is.

// markedRules are rules by which a list of marks becomes a score.
func markedRules(c judging.Combine) judging.Rules {
	return judging.Rules{
		Combine: c, TieAtCut: judging.TieShare,
		Categories: []judging.Category{{Name: "书法", Prefix: "SF", Rubric: "百分制"}},
		Rubrics: []judging.NamedRubric{{Name: "百分制", Rubric: judging.Rubric{
			Scale: 100, Step: 0.05, Criteria: []judging.Criterion{{Name: "总分", Weight: 100}},
		}}},
	}
}

// TestPublishedExamplesOfMarks holds the official score to what each page says that the marks come to.
func TestPublishedExamplesOfMarks(t *testing.T) {
	trim := func(low, high, decimals int) judging.Combine {
		return judging.Combine{
			Method: judging.Trimmed, TrimFrom: low + high + 1, DropLow: low, DropHigh: high, Decimals: decimals,
		}
	}
	speech := []float64{7.0, 7.8, 3.2, 8.0, 8.4, 8.4, 9.8, 8.0, 8.4, 8.0}
	for _, x := range []struct {
		name  string
		by    judging.Combine
		marks []float64
		want  float64
	}{
		// 七位评委，去掉一个最高分和一个最低分: fudaoke.com/exam/2565569.html
		{"seven judges", trim(1, 1, 2), []float64{72, 76, 81, 81, 85, 87, 90}, 82},
		// “做文明郴州人”演讲比赛，十位评委: sti666.com/question/2369465.html, 方案一 to 方案三
		{"speech, mean", judging.Combine{Method: judging.Mean, Decimals: 1}, speech, 7.7},
		{"speech, 1+1 left out", trim(1, 1, 1), speech, 8},
		{"speech, median", judging.Combine{Method: judging.Median, Decimals: 1}, speech, 8},
		// Diving with seven judges, two lowest and two highest crossed out: wikihow.com/Calculate-Diving-Scores has
		// 22.0 for the three that are left
		{"diving, seven", trim(2, 2, 4), []float64{6.5, 7, 7, 7.5, 7.5, 8, 8}, 7.3333},
		// Diving with five judges: newpkjob.com/how-are-diving-scores-calculated has 24.0 for three
		{"diving, five", trim(1, 1, 4), []float64{8, 8.5, 8, 7.5, 8}, 8},
		// ISU Judging System, short dance of the Olympic Games of 2018, Papadakis and Cizeron, skating skills: the
		// marks stand in fsuniverse.net/forum/threads/….103024/post-5321120, 9.71 in the official protocol
		{"ice dance", trim(1, 1, 2), []float64{9.5, 10, 9.75, 9.75, 9.5, 9.75, 10, 9.5, 9.75}, 9.71},
	} {
		t.Run(x.name, func(t *testing.T) {
			for range 2 {
				got := award.Rank(markedRules(x.by), []award.Tally{tallyOf(1, x.marks...)})[0]
				if got.Official != x.want {
					t.Errorf("%v, not %v", got.Official, x.want)
				}
				slices.Reverse(x.marks) // who judged first says nothing
			}
		})
	}
}

// panelled is a tally of marks by two panels.
func panelled(n int, first, second []float64) award.Tally {
	t := award.Tally{Work: judging.WorkID(fmt.Sprintf("w%d", n)), Category: "书法"}
	for panel, marks := range [][]float64{first, second} {
		for k, m := range marks {
			t.Add(judging.Judge{ID: judging.JudgeID(fmt.Sprintf("p%dj%d", panel, k))}, panel, judging.Ballot{Total: m})
		}
	}
	return t
}

// TestPublishedExampleOfTwoPanels goes by 组内互评, PAT (Basic Level) 1077: the teacher's mark weighs half; of the other
// groups' marks the highest and the lowest are left out, and their mean weighs half; whole numbers, half up. Marks and
// results are the samples of blog.nowcoder.net/n/7937c2b6adb0438b91380d5dc693d27b, without the marks out of range,
// which are not to be counted there and can't be given here.
func TestPublishedExampleOfTwoPanels(t *testing.T) {
	rules := markedRules(judging.Combine{Method: judging.Trimmed, TrimFrom: 3, Decimals: 0})
	rules.Panels = []judging.Panel{{Name: "老师", Weight: 50}, {Name: "同学", Weight: 50}}
	for i, x := range []struct {
		teacher float64
		peers   []float64
		want    float64
	}{
		{42, []float64{49, 49, 35, 38, 41}, 42}, {36, []float64{50, 28, 30}, 33},
		{40, []float64{36, 41, 33, 47, 49}, 41}, {30, []float64{27, 45, 31}, 31}, {48, []float64{0, 0, 50, 50}, 37},
		{43, []float64{41, 36, 29, 42, 29}, 39},
	} {
		got := award.Rank(rules, []award.Tally{panelled(i, []float64{x.teacher}, x.peers)})[0].Official
		if got != x.want {
			t.Errorf("group %d has %v, not %v", i+1, got, x.want)
		}
	}
}

// TestPublishedResultOfJuriesAndAudience goes by the final of the Eurovision Song Contest 2023 (rules of that year:
// juries and the audience weigh the same): points of the juries by taketonews.com/
// all-the-final-scores-of-eurovision-2023, of both by eurovision.tv/event/liverpool-2023/grand-final. The
// order of all 26 is that of the published totals.
func TestPublishedResultOfJuriesAndAudience(t *testing.T) {
	rules := markedRules(judging.Combine{Method: judging.Mean, Decimals: 1})
	rules.Rubrics[0].Scale, rules.Rubrics[0].Step = 1000, 1
	rules.Panels = []judging.Panel{{Name: "专家", Weight: 50}, {Name: "大众", Weight: 50}}
	songs := []struct {
		country          string
		juries, audience float64
		total            float64
	}{
		{"SE", 340, 243, 583}, {"FI", 150, 376, 526}, {"IL", 177, 185, 362},
		{"IT", 176, 174, 350},
		{"NO", 52, 216, 268},
		{"UA", 54, 189, 243}, {"BE", 127, 55, 182}, {"EE", 146, 22, 168}, {"AU", 130, 21, 151}, {"CZ", 94, 35, 129},
		{"LT", 81, 46, 127}, {"CY", 68, 58, 126}, {"HR", 11, 112, 123}, {"AM", 69, 53, 122}, {"AT", 104, 16, 120},
		{"FR", 54, 50, 104}, {"ES", 95, 5, 100}, {"MD", 20, 76, 96}, {"PL", 12, 81, 93}, {"CH", 61, 31, 92},
		{"SI", 33, 45, 78}, {"AL", 17, 59, 76}, {"PT", 43, 16, 59}, {"RS", 14, 16, 30},
		{"GB", 15, 9, 24}, {"DE", 3, 15, 18},
	}
	var tallies []award.Tally
	juries, audience := 0.0, 0.0
	for i := range songs {
		s := songs[len(songs)-1-i]
		tallies = append(tallies, panelled(len(songs)-1-i, []float64{s.juries}, []float64{s.audience}))
		juries, audience = juries+s.juries, audience+s.audience
	}
	if juries != 37*58 || audience != 38*58 { // 58 from each jury; from each audience, and the rest of the world
		t.Fatalf("typed wrongly: %v and %v points", juries, audience)
	}
	for i, p := range award.Rank(rules, tallies) {
		if p.Place != i+1 || p.Work != judging.WorkID(fmt.Sprintf("w%d", i)) || 2*p.Official != songs[i].total {
			t.Errorf("%s: %+v", songs[i].country, p)
		}
	}
}

// TestPublishedResultByTheBestMarks goes by the Formula One season of 1988, of which the eleven best results counted:
// Senna's eight wins, three seconds, a fourth and a sixth come to 90 points of 94, Prost's seven wins and seven seconds
// to 87 of 105 (forums.autosport.com/topic/61038). By all results the other one is first.
func TestPublishedResultByTheBestMarks(t *testing.T) {
	of := func(n int, firsts, seconds int, rest ...float64) award.Tally {
		marks := slices.Concat(slices.Repeat([]float64{9}, firsts), slices.Repeat([]float64{6}, seconds), rest)
		return tallyOf(n, append(marks, slices.Repeat([]float64{0}, 16-len(marks))...)...) // of sixteen races
	}
	tallies := []award.Tally{of(1, 8, 3, 3, 1), of(2, 7, 7)}
	best := award.Rank(markedRules(judging.Combine{Method: judging.Best, Best: 11, Decimals: 4}), tallies)
	if best[0].Work != "w1" || best[0].Official != 8.1818 || best[1].Official != 7.9091 { // 90/11 and 87/11
		t.Errorf("%+v", best)
	}
	all := award.Rank(markedRules(judging.Combine{Method: judging.Mean, Decimals: 4}), tallies)
	if all[0].Work != "w2" || all[0].Official != 6.5625 || all[1].Official != 5.875 { // 105/16 and 94/16
		t.Errorf("%+v", all)
	}
}

// said is a tally of how many judges said what, of so many judges; the others said nothing for the work.
func said(n, judges int, what map[float64]int) award.Tally {
	var marks []float64
	for mark, many := range what {
		marks = append(marks, slices.Repeat([]float64{mark}, many)...)
	}
	return tallyOf(n, append(marks, slices.Repeat([]float64{0}, judges-len(marks))...)...)
}

// TestPublishedResultOfThreeQuarters goes by the ballot of 2019 of the Baseball Hall of Fame: who is on three quarters
// of 425 ballots is elected. Votes and per cent by blogs.fangraphs.com/author/anthonycalamisandadamdore.
func TestPublishedResultOfThreeQuarters(t *testing.T) {
	rules := votedRules(voting.Rule{Kind: voting.Approval, Pass: "75%"}).In(1)
	rules.Ties = nil
	players := []struct {
		votes   int
		percent float64
	}{
		{425, 100}, {363, 85.4}, {363, 85.4}, {326, 76.7}, {259, 60.9}, {253, 59.5}, {251, 59.1}, {232, 54.6},
		{182, 42.8},
		{169, 39.8}, {97, 22.8}, {77, 18.1}, {73, 17.2}, {71, 16.7}, {70, 16.5}, {58, 13.6}, {42, 9.9}, {36, 8.5},
		{32, 7.5}, {9, 2.1}, {5, 1.2}, {5, 1.2}, {4, 0.9}, {2, 0.5},
	}
	var tallies []award.Tally
	for i, p := range players {
		tallies = append(tallies, said(i, 425, map[float64]int{voting.For: p.votes}))
	}
	var field []award.Candidate
	for i, p := range award.Rank(rules, tallies) {
		if off := p.Official - players[i].percent; off < -0.055 || off > 0.055 { // rounded here and there
			t.Errorf("%d votes are %v %%, not %v", players[i].votes, p.Official, players[i].percent)
		}
		field = append(field, award.Candidate{Placing: p})
	}
	given := award.AwardsOf(rules, field, nil)
	if len(given) != 4 || given["w3"] == "" {
		t.Errorf("elected: %v", given)
	}
}

// TestPublishedResultOneShortOfTwoThirds goes by Article I, section 3 of the Constitution of the United States and the
// trial of 1868: 35 guilty and 19 not guilty did not do, 36 would have (senate.gov, archives.gov/exhibits/
// treasures_of_congress/Images/page_14/48a.html). 36 of 54 are two thirds exactly.
func TestPublishedResultOneShortOfTwoThirds(t *testing.T) {
	rules := votedRules(voting.Rule{Kind: voting.Approval, Pass: "2/3"}).In(1)
	var field []award.Candidate
	for _, p := range award.Rank(rules, []award.Tally{
		said(1, 54, map[float64]int{voting.For: 35}), said(2, 54, map[float64]int{voting.For: 36}),
	}) {
		field = append(field, award.Candidate{Placing: p})
	}
	if given := award.AwardsOf(rules, field, nil); given["w1"] != "" || given["w2"] == "" {
		t.Errorf("passed: %v", given)
	}
}

// TestPublishedResultOfThreePlaces goes by the Heisman Trophy of 2018: three points for a first place, two for a
// second, one for a third; 882 ballots (heisman.com). Places and points by
// sbnation.com/college-football/2018/12/3/18124631/heisman-trophy-voting-results-2018.
func TestPublishedResultOfThreePlaces(t *testing.T) {
	rules := votedRules(voting.Rule{Kind: voting.Ranking, Places: 3, Exactly: true}).In(1)
	players := []struct{ first, second, third, points int }{
		{517, 278, 60, 2167}, {299, 431, 112, 1871}, {46, 111, 423, 783}, {4, 17, 80, 126}, {6, 15, 74, 122},
		{4, 4, 19, 39}, {0, 6, 17, 29}, {1, 4, 16, 27}, {1, 2, 19, 26}, {0, 3, 15, 21},
	}
	var tallies []award.Tally
	for i, p := range players {
		tallies = append(tallies, said(i, 882, map[float64]int{1: p.first, 2: p.second, 3: p.third}))
	}
	for i, p := range award.Rank(rules, tallies) {
		id, points := judging.WorkID(fmt.Sprintf("w%d", i)), float64(players[i].points)
		if p.Place != i+1 || p.Work != id || p.Official != points {
			t.Errorf("%+v, not %d points", p, players[i].points)
		}
	}
}

// TestPublishedResultOfAllPlaces goes by the example of the capital of Tennessee (electowiki.org/wiki/Tennessee): of a
// hundred voters, 42, 26, 15 and 17 place four cities. By Borda's count with no point for a last place they have 126,
// 194, 173 and 107; here a last place is worth a point, so that each has a hundred more.
func TestPublishedResultOfAllPlaces(t *testing.T) {
	rules := votedRules(voting.Rule{Kind: voting.Ranking, Places: 4, Exactly: true}).In(1)
	tallies := []award.Tally{
		said(0, 100, map[float64]int{1: 42, 4: 58}),               // Memphis
		said(1, 100, map[float64]int{1: 26, 2: 42, 3: 32}),        // Nashville
		said(2, 100, map[float64]int{1: 15, 2: 26 + 17, 3: 42}),   // Chattanooga
		said(3, 100, map[float64]int{1: 17, 2: 15, 3: 26, 4: 42}), // Knoxville
	}
	want := []struct {
		work   judging.WorkID
		points float64
	}{{"w1", 194}, {"w2", 173}, {"w0", 126}, {"w3", 107}}
	for i, p := range award.Rank(rules, tallies) {
		if p.Work != want[i].work || p.Official != want[i].points+100 {
			t.Errorf("%+v, not %+v", p, want[i])
		}
	}
}

// TestPublishedResultOfARunOff goes by the 125th Session of the IOC, 7 September 2013 (tvtechnology.com/news/
// ioc-selects-tokyo-as-host-of-2020-summer-olympic-games): a vote each, two cities go on; Tokyo has 42, Istanbul and
// Madrid have 26, so that these two are voted on again, 49 to 45.
func TestPublishedResultOfARunOff(t *testing.T) {
	rules := votedRules(voting.Rule{Kind: voting.Votes, Votes: 1}).In(1)
	rules.Ties = nil
	first := award.Rank(rules, []award.Tally{
		said(1, 94, map[float64]int{voting.For: 42}), // Tokyo
		said(2, 94, map[float64]int{voting.For: 26}), // Istanbul
		said(3, 94, map[float64]int{voting.For: 26}), // Madrid
	})
	if again := award.TiedAtCut(rules, first); !slices.Equal(again, []judging.WorkID{"w2", "w3"}) {
		t.Fatalf("voted on again: %v of %+v", again, first)
	}
	second := award.Rank(rules, []award.Tally{
		said(2, 94, map[float64]int{voting.For: 49}), said(3, 94, map[float64]int{voting.For: 45}),
	})
	var order []string
	for _, p := range award.Within(second, first) {
		order = append(order, fmt.Sprintf("%s %d", p.Work, p.Place))
	}
	if !slices.Equal(order, []string{"w1 1", "w2 2", "w3 3"}) {
		t.Errorf("%v", order)
	}
}
