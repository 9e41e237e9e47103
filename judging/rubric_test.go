package judging_test

import (
	"errors"
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fayi/judging"
	"fayi/judging/terms"
)

// keys lists the catalogue keys of errs, each once.
func keys(t *testing.T, errs []error) []string {
	t.Helper()
	var out []string
	for _, err := range errs {
		var e *judging.Error
		if !errors.As(err, &e) || e.Code != judging.Invalid {
			t.Fatalf("%v is not an invalid input", err)
		}
		out = append(out, e.Text)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func criteria(weights ...float64) []judging.Criterion {
	names := []string{"主题", "技法", "创意", "整体", "文字", "规范"}
	var out []judging.Criterion
	for i, w := range weights {
		out = append(out, judging.Criterion{Name: names[i], Weight: w})
	}
	return out
}

func fourBands() []judging.Band {
	return []judging.Band{{
		Label: "优秀",
		From:  90,
		To:    100,
	}, {
		Label: "良好",
		From:  80,
		To:    89,
	}, {
		Label: "一般",
		From:  60,
		To:    79,
	}, {
		Label: "较差",
		From:  0,
		To:    59,
	}}
}

func calligraphy() judging.Rubric {
	return judging.Rubric{Scale: 100, Step: 1, Criteria: criteria(15, 20, 25, 20, 20), Bands: fourBands()}
}

func TestARubricIsRefusedForWhatIsWrongWithIt(t *testing.T) {
	with := func(change func(*judging.Rubric)) judging.Rubric {
		r := calligraphy()
		change(&r)
		return r
	}
	item := func(weight float64, bands ...judging.Band) judging.Rubric {
		return with(func(r *judging.Rubric) {
			r.Criteria = criteria(100-weight, weight)
			r.Criteria[1].Bands = bands
		})
	}
	tests := []struct {
		name   string
		rubric judging.Rubric
		want   []string
	}{
		{"a sound one", calligraphy(), nil},
		{"no words at all", with(func(r *judging.Rubric) { r.Bands = nil }), nil},
		{"ten points in steps of a half", judging.Rubric{
			Scale:    10,
			Step:     .5,
			Criteria: criteria(10),
			Bands:    []judging.Band{{Label: "好", From: 8, To: 10}, {Label: "差", From: 0, To: 7.5}},
		}, nil},
		{"tenths", judging.Rubric{
			Scale:    100,
			Step:     .1,
			Criteria: criteria(33.3, 33.3, 33.4),
			Bands:    []judging.Band{{Label: "好", From: 80.1, To: 100}, {Label: "差", From: 0, To: 80}},
		}, nil},
		{
			"weights that make 105, as published for photographs",
			with(func(r *judging.Rubric) { r.Criteria = criteria(60, 20, 10, 15) }), []string{"rules.weights_sum"},
		},
		{
			"weights that make 80", with(func(r *judging.Rubric) { r.Criteria = criteria(60, 20) }),
			[]string{"rules.weights_sum"},
		},
		{"12 and more of an item of 10, as published", item(10, judging.Band{
			Label: "很好",
			From:  12,
			To:    15,
		}, judging.Band{
			Label: "好",
			From:  0,
			To:    11,
		}), []string{"rules.band_impossible"}},
		{"40-30 and 30-20 share an end, as published", item(40, judging.Band{
			Label: "优",
			From:  30,
			To:    40,
		}, judging.Band{
			Label: "良",
			From:  20,
			To:    30,
		}, judging.Band{
			Label: "差",
			From:  0,
			To:    19,
		}), []string{"rules.band_overlap"}},
		{"17-20 and 12-17 share an end, as published", item(20, judging.Band{
			Label: "优",
			From:  17,
			To:    20,
		}, judging.Band{
			Label: "良",
			From:  12,
			To:    17,
		}, judging.Band{
			Label: "差",
			From:  0,
			To:    11,
		}), []string{"rules.band_overlap"}},
		{"75-84 and 60-75 share an end, as published", with(func(r *judging.Rubric) {
			r.Bands = []judging.Band{{
				Label: "甲",
				From:  85,
				To:    100,
			}, {
				Label: "乙",
				From:  75,
				To:    84,
			}, {
				Label: "丙",
				From:  60,
				To:    75,
			}, {
				Label: "丁",
				From:  0,
				To:    59,
			}}
		}), []string{"rules.band_overlap"}},
		{"bands with a hole between", with(func(r *judging.Rubric) { r.Bands[1].To = 88 }), []string{"rules.band_gap"}},
		{
			"halves have no word between 89 and 90", with(func(r *judging.Rubric) { r.Step = .5 }),
			[]string{"rules.band_gap"},
		},
		{
			"bands that stop above zero", with(func(r *judging.Rubric) { r.Bands = r.Bands[:3] }),
			[]string{"rules.band_gap"},
		},
		{
			"bands that begin below the top", with(func(r *judging.Rubric) { r.Bands[0].To = 99 }),
			[]string{"rules.band_gap"},
		},
		{"a band upside down", with(func(r *judging.Rubric) {
			r.Bands[1].From = 89
			r.Bands[1].To = 80
		}), []string{"rules.band_gap", "rules.band_impossible"}},
		{
			"a band without a word", with(func(r *judging.Rubric) { r.Bands[2].Label = "" }),
			[]string{"rules.band_impossible"},
		},
		{
			"a band below zero", with(func(r *judging.Rubric) { r.Bands[3].From = -1 }),
			[]string{"rules.band_impossible"},
		},
		{
			"a band that is no number", with(func(r *judging.Rubric) { r.Bands[3].From = math.NaN() }),
			[]string{"rules.band_impossible"},
		},
		{"no criteria", with(func(r *judging.Rubric) { r.Criteria = nil }), []string{"rules.weights_sum"}},
		{
			"two criteria of one name, spaced apart", with(func(r *judging.Rubric) { r.Criteria[1].Name = "主 题" }),
			[]string{"rules.criterion_name"},
		},
		{
			"a criterion without a name", with(func(r *judging.Rubric) { r.Criteria[1].Name = "" }),
			[]string{"rules.criterion_name"},
		},
		{
			"a criterion named by a blank", with(func(r *judging.Rubric) { r.Criteria[1].Name = "　" }),
			[]string{"rules.criterion_name"},
		},
		{
			"a weight of nothing", with(func(r *judging.Rubric) { r.Criteria = criteria(100, 0) }),
			[]string{"rules.criterion_weight"},
		},
		{
			"a weight below nothing", with(func(r *judging.Rubric) { r.Criteria = criteria(120, -20) }),
			[]string{"rules.criterion_weight"},
		},
		{
			"a weight off the step", with(func(r *judging.Rubric) { r.Criteria = criteria(50.5, 49.5) }),
			[]string{"rules.criterion_weight"},
		},
		{"no scale", with(func(r *judging.Rubric) { r.Scale = 0 }), []string{"rules.bad_scale"}},
		{"no step", with(func(r *judging.Rubric) { r.Step = 0 }), []string{"rules.bad_scale"}},
		{"a step finer than points go", with(func(r *judging.Rubric) { r.Step = .00001 }), []string{"rules.bad_scale"}},
		{"a step above the scale", with(func(r *judging.Rubric) { r.Step = 200 }), []string{"rules.bad_scale"}},
		{"a scale off the step", with(func(r *judging.Rubric) { r.Step = 3 }), []string{"rules.bad_scale"}},
		{
			"a scale that is no number", with(func(r *judging.Rubric) { r.Scale = math.NaN() }),
			[]string{"rules.bad_scale"},
		},
		{"a scale without end", judging.Rubric{
			Scale:    math.Inf(1),
			Step:     1,
			Criteria: criteria(math.Inf(1)),
		}, []string{"rules.bad_scale"}},
		{
			"a step that is no number", with(func(r *judging.Rubric) { r.Step = math.NaN() }),
			[]string{"rules.bad_scale"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := keys(t, tt.rubric.Check("书法")); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestAMarkIsFromZeroToItsLimitInSteps(t *testing.T) {
	tests := []struct {
		name        string
		step, v, to float64
		want        string
	}{
		{"zero", 1, 0, 20, ""}, {"the limit", 1, 20, 20, ""}, {"a whole", 1, 13, 20, ""},
		{"a half where halves go", .5, 13.5, 20, ""}, {"a tenth where tenths go", .1, 13.7, 20, ""},
		{"three tenths added up", .1, .1 + .2, 20, ""},
		{"a half where wholes go", 1, 13.5, 20, "score.off_step"},
		{"a tenth where halves go", .5, 13.7, 20, "score.off_step"},
		{"a hundredth where tenths go", .1, 13.75, 20, "score.off_step"},
		{"above the limit", 1, 21, 20, "score.out_of_range"},
		{"just above the limit", .1, 20.1, 20, "score.out_of_range"},
		{"below zero", 1, -1, 20, "score.out_of_range"},
		{"no number", 1, math.NaN(), 20, "score.out_of_range"},
		{"without end", 1, math.Inf(1), 20, "score.out_of_range"},
		{"beyond all counting", 1, 1e300, 20, "score.out_of_range"},
		{"beyond all counting without a step", 0, 1e300, 20, "score.out_of_range"},
		{"no step asks for none", 0, 13.75, 20, ""},
		{"a step finer than points go", .00001, 13.75, 20, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := judging.Rubric{Scale: 100, Step: tt.step}.CheckMark("技法", tt.v, tt.to, terms.Limits{})
			if tt.want == "" {
				if err != nil {
					t.Errorf("refused: %v", err)
				}
				return
			}
			if !errors.Is(err, &judging.Error{Code: judging.Invalid, Text: tt.want}) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

func TestTotalsHaveTheWordOfTheirBand(t *testing.T) {
	r := calligraphy()
	for total, want := range map[float64]string{
		100: "优秀",
		90:  "优秀",
		89:  "良好",
		80:  "良好",
		79:  "一般",
		60:  "一般",
		59:  "较差",
		0:   "较差",
		101: "",
		-1:  "",
	} {
		if got := r.Label(total); got != want {
			t.Errorf("Label(%v) = %q, want %q", total, got, want)
		}
	}
}

func TestMarksHaveTheirOwnWordsOrTheRubricsInProportion(t *testing.T) {
	r := calligraphy()
	r.Criteria[0].Bands = []judging.Band{{Label: "深刻", From: 10, To: 15}, {Label: "浅显", From: 0, To: 9}}
	tests := []struct {
		i    int
		mark float64
		want string
	}{
		{0, 15, "深刻"}, {0, 10, "深刻"}, {0, 9, "浅显"}, {1, 20, "优秀"}, {1, 18, "优秀"}, {1, 17.9, "良好"}, {1, 16, "良好"},
		{1, 12, "一般"}, {1, 11, "较差"}, {2, 0, "较差"},
	}
	for _, tt := range tests {
		if got := r.CriterionLabel(tt.i, tt.mark); got != tt.want {
			t.Errorf("mark %v of %s is %q, want %q", tt.mark, r.Criteria[tt.i].Name, got, tt.want)
		}
	}
	if got := (judging.Rubric{
		Scale:    100,
		Step:     .1,
		Criteria: criteria(9),
		Bands:    fourBands(),
	}).CriterionLabel(0, 8.1); got != "优秀" {
		t.Errorf("8.1 of 9, nine tenths that binary fractions miss, is %q", got)
	}
	if got := (judging.Rubric{Scale: 100, Criteria: criteria(0)}).CriterionLabel(0, 0); got != "" {
		t.Errorf("a criterion of no weight is %q", got)
	}
	if got := (judging.Rubric{
		Scale:    100,
		Criteria: criteria(10),
		Bands:    fourBands(),
	}).CriterionLabel(0, 9.25); got != "优秀" {
		t.Errorf("without a step 9.25 of 10 is %q", got)
	}
}

// A rubric that Check lets pass has exactly one word for every mark that CheckMark lets pass.
func TestEveryMarkOfASoundRubricHasAWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		step := rapid.SampledFrom([]int{1, 5, 10}).Draw(t, "step")
		cut := rapid.IntRange(1, 1000/step-1).Draw(t, "cut") * step
		weight := rapid.IntRange(1, 1000/step-1).Draw(t, "weight") * step
		r := judging.Rubric{
			Scale:    100,
			Step:     float64(step) / 10,
			Criteria: criteria(float64(weight)/10, float64(1000-weight)/10),
			Bands: []judging.Band{{
				Label: "上",
				From:  float64(cut) / 10,
				To:    100,
			}, {
				Label: "下",
				From:  0,
				To:    float64(cut-step) / 10,
			}},
		}
		if errs := r.Check("x"); len(errs) > 0 {
			t.Fatal(errs)
		}
		mark := rapid.IntRange(0, weight/step).Draw(t, "mark") * step
		if err := r.CheckMark("主题", float64(mark)/10, r.Criteria[0].Weight, terms.Limits{}); err != nil {
			t.Fatal(err)
		}
		want := "下"
		if mark*1000/weight >= cut {
			want = "上"
		}
		if got := r.CriterionLabel(0, float64(mark)/10); got != want {
			t.Errorf("%d tenths of %d is %q, cut %d", mark, weight, got, cut)
		}
		total := rapid.IntRange(0, 1000/step).Draw(t, "total") * step
		if got := r.Label(float64(total) / 10); (got == "上") != (total >= cut) || got == "" {
			t.Errorf("%d tenths is %q, cut %d", total, got, cut)
		}
	})
}

func TestPointsAreExact(t *testing.T) {
	for v, want := range map[float64]judging.Points{0: 0, .1 + .2: 3000, 84.125: 841250, -1.5: -15000, math.NaN(): 0} {
		if got := judging.Exact(v); got != want {
			t.Errorf("Exact(%v) = %d, want %d", v, got, want)
		}
	}
	if up, down := judging.Exact(1e300), judging.Exact(math.Inf(-1)); up < judging.Exact(1e9) ||
		down > judging.Exact(-1e9) {
		t.Errorf("beyond counting: %d and %d", up, down)
	}
	for p, want := range map[judging.Points]string{
		840000:  "84",
		845000:  "84.5",
		0:       "0",
		1:       "0.0001",
		-15000:  "-1.5",
		1000000: "100",
	} {
		if got := p.String(); got != want {
			t.Errorf("%d is written %q, want %q", p, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		p := judging.Points(rapid.Int64Range(-1e9, 1e9).Draw(t, "p"))
		if got := judging.Exact(p.Float()); got != p {
			t.Fatalf("%d came back as %d", p, got)
		}
		if want := new(big.Rat).SetFrac64(int64(p), 10000); want.Cmp(ratOf(t, p.String())) != 0 {
			t.Fatalf("%d is written %s", p, p)
		}
	})
}

func ratOf(t *rapid.T, s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		t.Fatalf("%q is no number", s)
	}
	return r
}
