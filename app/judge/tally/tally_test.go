package tally

import (
	"testing"

	"pgregory.net/rapid"

	"fayi/assets"
	"fayi/judging"
)

func chinese(t testing.TB) assets.Text {
	t.Helper()
	c, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c.In("zh-Hans")
}

func list(states ...judging.BallotState) []judging.Duty {
	var out []judging.Duty
	for i, s := range states {
		w := judging.Duty{
			BlindWork: judging.BlindWork{
				Code:     judging.WorkCode("SF-000" + string(rune('0'+i))),
				Title:    "守法",
				Category: "书法",
			},
			State: s,
		}
		if s == judging.Scored || s == judging.Started {
			w.Total = 80 + float64(i)*2.5
		}
		out = append(out, w)
	}
	return out
}

func TestProgressNamesOnlyStatesThatOccur(t *testing.T) {
	text := chinese(t)
	for _, c := range []struct {
		works []judging.Duty
		want  string
	}{
		{nil, "已评 0 / 共 0"},
		{list("", judging.Open), "已评 0 / 共 2"},
		{list(judging.Scored, judging.Skipped, judging.Skipped, judging.Open), "已评 1 / 共 4，跳过 2"},
		{list(judging.Started, judging.Abstained, judging.Recused, judging.Scored), "已评 1 / 共 4，评了一部分 1，弃权 1，回避 1"},
	} {
		if got := Count(c.works).Words(text); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestPreviewTellsMeanHighAndLowOfTheScoredOnly(t *testing.T) {
	works := list(judging.Scored, judging.Started, judging.Scored, judging.Recused, judging.Scored)
	got := Count(works).Preview(chinese(t))
	if want := "共 5 件：已评 3，评了一部分 1，回避 1。平均 85 分，最高 90 分，最低 80 分。"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := Count(list(judging.Recused)).Preview(chinese(t)); got != "共 1 件：已评 0，回避 1。" {
		t.Errorf("got %q", got)
	}
}

func TestNextToScoreGoesRoundOpenWorksThenSkippedOnes(t *testing.T) {
	const o, s, d = judging.Open, judging.Skipped, judging.Scored
	for _, c := range []struct {
		works []judging.Duty
		from  int
		want  int
	}{
		{list(o, o, o), -1, 0}, {list(o, o, o), 0, 1}, {list(o, d, d), 2, 0}, {list(d, judging.Started, o), 2, 1},
		{list(s, d, o), 2, 0},
		{list(s, d, o, s), 0, 2}, {list(d, s, d), -1, 1}, {list(d, d), 0, -1}, {list(o), 0, -1}, {nil, -1, -1},
		{list(judging.Recused, judging.Abstained), -1, -1},
	} {
		if got := NextToScore(c.works, c.from); got != c.want {
			t.Errorf("%v from %d: got %d, want %d", c.works, c.from, got, c.want)
		}
	}
}

func TestCountsAddUp(t *testing.T) {
	states := []judging.BallotState{
		"",
		judging.Open,
		judging.Started,
		judging.Scored,
		judging.Skipped,
		judging.Abstained,
		judging.Recused,
	}
	rapid.Check(t, func(t *rapid.T) {
		works := rapid.SliceOf(rapid.Custom(func(t *rapid.T) judging.Duty {
			return judging.Duty{
				State: rapid.SampledFrom(states).Draw(t, "state"),
				Total: float64(rapid.IntRange(0, 200).Draw(t, "total")) / 2,
			}
		})).Draw(t, "works")
		c, sum := Count(works), 0
		for _, n := range c.By {
			sum += n
		}
		if sum != c.Total || c.Total != len(works) || c.low > c.high {
			t.Fatalf("%+v", c)
		}
		if next := NextToScore(works, -1); (next < 0) != (c.Todo() == 0) {
			t.Fatalf("next %d with %d to do", next, c.Todo())
		}
	})
}
