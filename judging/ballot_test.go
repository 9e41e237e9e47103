package judging_test

import (
	"errors"
	"maps"
	"math"
	"testing"

	"pgregory.net/rapid"

	"fayi/judging"
)

func TestABallotSettlesFromItsMarks(t *testing.T) {
	r := judging.Rubric{Scale: 100, Step: .5, Criteria: criteria(40, 30, 30)}
	all := map[string]float64{"主题": 30.5, "技法": 20, "创意": 25}
	some := map[string]float64{"主题": 30.5}
	tests := []struct {
		name      string
		ballot    judging.Ballot
		totalOnly bool
		state     judging.BallotState
		total     float64
	}{
		{"nothing", judging.Ballot{}, false, judging.Open, 0},
		{"some marks", judging.Ballot{Marks: some}, false, judging.Started, 30.5},
		{"all marks", judging.Ballot{Marks: all}, false, judging.Scored, 75.5},
		{"a typed total gives way to the marks", judging.Ballot{Marks: all, Total: 99}, true, judging.Scored, 75.5},
		{"all marks zero", judging.Ballot{
			Marks: map[string]float64{"主题": 0, "技法": 0, "创意": 0},
		}, false, judging.Scored, 0},
		{"marks taken back", judging.Ballot{State: judging.Scored, Total: 75.5}, false, judging.Open, 0},
		{"a total alone where the rules allow it", judging.Ballot{Total: 88.5}, true, judging.Scored, 88.5},
		{"a total alone where they do not", judging.Ballot{Total: 88.5}, false, judging.Open, 0},
		{"no total where one would do", judging.Ballot{}, true, judging.Open, 0},
		{"a total is kept exact", judging.Ballot{Total: 84.500000001}, true, judging.Scored, 84.5},
		{"skipped stays", judging.Ballot{State: judging.Skipped, Marks: some}, false, judging.Skipped, 0},
		{"abstained stays", judging.Ballot{State: judging.Abstained}, false, judging.Abstained, 0},
		{"recused stays, whatever it holds", judging.Ballot{
			State: judging.Recused,
			Marks: all,
		}, true, judging.Recused, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.ballot.Complete(r, tt.totalOnly)
			if err != nil {
				t.Fatal(err)
			}
			if got.State != tt.state || got.Total != tt.total {
				t.Errorf("got %s with %v, want %s with %v", got.State, got.Total, tt.state, tt.total)
			}
			if !maps.Equal(got.Marks, tt.ballot.Marks) {
				t.Errorf("marks became %v", got.Marks)
			}
		})
	}
}

func TestABallotIsRefused(t *testing.T) {
	r := judging.Rubric{Scale: 100, Step: 1, Criteria: criteria(60, 40)}
	tests := []struct {
		name   string
		ballot judging.Ballot
		want   string
	}{
		{"an unknown criterion", judging.Ballot{Marks: map[string]float64{"人气": 5}}, "score.unknown_criterion"},
		{"one criterion twice", judging.Ballot{
			Marks: map[string]float64{"主题": 5, "主 题": 6},
		}, "score.unknown_criterion"},
		{"a mark above its weight", judging.Ballot{Marks: map[string]float64{"技法": 41}}, "score.out_of_range"},
		{"a mark below zero", judging.Ballot{Marks: map[string]float64{"技法": -2}}, "score.out_of_range"},
		{"a mark off the step", judging.Ballot{Marks: map[string]float64{"技法": 30.5}}, "score.off_step"},
		{"a bad mark on a skipped ballot", judging.Ballot{
			State: judging.Skipped,
			Marks: map[string]float64{"技法": 41},
		}, "score.out_of_range"},
		{"a total above the scale", judging.Ballot{Total: 101}, "score.out_of_range"},
		{"a total below zero", judging.Ballot{Total: -1}, "score.out_of_range"},
		{"a total that is no number", judging.Ballot{Total: math.NaN()}, "score.out_of_range"},
		{"a total off the step", judging.Ballot{Total: 88.5}, "score.off_step"},
		{"more than sure", judging.Ballot{Confidence: 4}, "score.confidence"},
		{"less than unsure", judging.Ballot{Confidence: -1}, "score.confidence"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for range 5 {
				if _, err := tt.ballot.Complete(r, true); !errors.Is(err, &judging.Error{
					Code: judging.Invalid,
					Text: tt.want,
				}) {
					t.Fatalf("got %v, want %s", err, tt.want)
				}
			}
		})
	}
}

func TestMarksAreKeptUnderTheRubricsOwnNames(t *testing.T) {
	r := judging.Rubric{Scale: 100, Step: 1, Criteria: criteria(60, 40)}
	given := map[string]float64{"主 题": 50, "技法　": 30}
	got, err := judging.Ballot{Marks: given}.Complete(r, false)
	if err != nil || got.State != judging.Scored || got.Total != 80 {
		t.Fatalf("got %+v, %v", got, err)
	}
	if want := map[string]float64{"主题": 50, "技法": 30}; !maps.Equal(got.Marks, want) {
		t.Errorf("marks are %v, want %v", got.Marks, want)
	}
	if given["主 题"] != 50 || len(given) != 2 {
		t.Errorf("the caller's marks became %v", given)
	}
}

func TestOfManyWrongMarksTheSameIsTold(t *testing.T) {
	r := judging.Rubric{Scale: 100, Step: 1, Criteria: criteria(60, 40)}
	b := judging.Ballot{Marks: map[string]float64{"甲": 1, "乙": 2, "丙": 3, "主题": 99, "技法": .5}}
	_, first := b.Complete(r, false)
	for range 30 {
		if _, err := b.Complete(r, false); err.Error() != first.Error() {
			t.Fatalf("told %v, then %v", first, err)
		}
	}
}

func TestASettledBallotStaysAsItIs(t *testing.T) {
	r := judging.Rubric{Scale: 10, Step: .1, Criteria: criteria(3, 3, 4)}
	rapid.Check(t, func(t *rapid.T) {
		b := judging.Ballot{Marks: map[string]float64{}}
		tenths := 0
		for _, c := range r.Criteria {
			if rapid.Bool().Draw(t, "given") {
				n := rapid.IntRange(0, int(c.Weight*10)).Draw(t, c.Name)
				b.Marks[c.Name] = float64(n) / 10
				tenths += n
			}
		}
		once, err := b.Complete(r, false)
		if err != nil {
			t.Fatal(err)
		}
		if once.Total != float64(tenths)/10 {
			t.Errorf("total %v of %d tenths", once.Total, tenths)
		}
		twice, err := once.Complete(r, false)
		if err != nil || twice.State != once.State || twice.Total != once.Total {
			t.Errorf("once %+v, twice %+v, %v", once, twice, err)
		}
	})
}

func TestTheLastVersionOfAScoreHolds(t *testing.T) {
	version := func(s judging.BallotState, total float64) judging.ScoreVersion {
		return judging.ScoreVersion{Ballot: judging.Ballot{State: s, Total: total}}
	}
	tests := []struct {
		name   string
		score  judging.Score
		state  judging.BallotState
		total  float64
		counts bool
	}{
		{"none", judging.Score{}, judging.Open, 0, false},
		{"scored", judging.Score{
			Versions: []judging.ScoreVersion{version(judging.Scored, 80)},
		}, judging.Scored, 80, true},
		{"scored anew", judging.Score{
			Versions: []judging.ScoreVersion{version(judging.Scored, 80), version(judging.Scored, 85)},
		}, judging.Scored, 85, true},
		{"recused after all", judging.Score{
			Versions: []judging.ScoreVersion{version(judging.Scored, 80), version(judging.Recused, 0)},
		}, judging.Recused, 0, false},
		{"only started", judging.Score{
			Versions: []judging.ScoreVersion{version(judging.Started, 40)},
		}, judging.Started, 40, false},
		{"void", judging.Score{
			Versions: []judging.ScoreVersion{version(judging.Scored, 80)},
			Void:     "亲属",
		}, judging.Scored, 80, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			now := tt.score.Now()
			if now.State != tt.state || now.Total != tt.total || tt.score.Counts() != tt.counts {
				t.Errorf("now %s %v, counts %v", now.State, now.Total, tt.score.Counts())
			}
			want := judging.NoScore
			if len(tt.score.Versions) > 0 {
				want = now.ID()
			}
			if got := tt.score.Base(); got != want || tt.score.Editable().Base != want {
				t.Errorf("a statement is made on %q, want %q", got, want)
			}
		})
	}
}

func TestConfidenceIsNoneToThree(t *testing.T) {
	r := judging.Rubric{Scale: 100, Step: 1, Criteria: criteria(60, 40)}
	for c := -1; c <= 4; c++ {
		got, err := judging.Ballot{Confidence: c}.Complete(r, false)
		if fine := c >= 0 && c <= 3; fine != (err == nil) || fine && got.Confidence != c {
			t.Errorf("%d: %d, %v", c, got.Confidence, err)
		}
		if got.Marks != nil {
			t.Error("a ballot without marks has got a table of them")
		}
	}
}
