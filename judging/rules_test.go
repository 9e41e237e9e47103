package judging_test

import (
	"math"
	"slices"
	"testing"

	"fayi/judging"
)

// countyRules are sound rules with two categories: 书法 ranked in two groups, 摄影 as one.
func countyRules() judging.Rules {
	return judging.Rules{
		Title: "法治文化作品征集", PerWork: 3,
		Combine:  judging.Combine{Method: judging.Trimmed, TrimFrom: 5, Decimals: 2},
		Ties:     []judging.TieStep{judging.TieAllScores, judging.TieCriteria, judging.TieTop, judging.TieRange},
		TieAtCut: judging.TieShare,
		Awards: []judging.Award{{
			Name:  "一等奖",
			Share: judging.Share{Count: 1},
		}, {
			Name:  "二等奖",
			Share: judging.Share{Percent: 20, Rounding: judging.Up},
		}},
		Groups: []judging.GroupRule{{
			Name:  "小学组",
			Alias: []string{"小学", "儿童组"},
		}, {
			Name:  "成人组",
			Alias: []string{"成人"},
		}},
		Categories: []judging.Category{
			{Name: "书法", Prefix: "SF", Alias: []string{"软笔书法", "毛笔"}, Rubric: "书法", Groups: []string{"小学组", "成人组"}},
			{Name: "摄影", Prefix: "SY", Alias: []string{"照片"}, Rubric: "摄影", PerWork: 5},
		},
		Rubrics: []judging.NamedRubric{
			{Name: "书法", Rubric: calligraphy()},
			{Name: "摄影", Rubric: judging.Rubric{Scale: 100, Step: .5, Criteria: criteria(40, 30, 15, 15)}},
		},
	}
}

// refusal is a change to sound rules and the keys by which Check refuses it.
type refusal struct {
	name   string
	change func(*judging.Rules)
	want   []string
}

func (c refusal) run(t *testing.T) {
	r := countyRules()
	c.change(&r)
	if got := keys(t, r.Check()); !slices.Equal(got, c.want) {
		t.Errorf("got %v, want %v", got, c.want)
	}
}

func TestRulesAreRefusedForWhatIsWrongWithThem(t *testing.T) {
	for _, c := range []refusal{
		{"sound ones", func(r *judging.Rules) {}, nil},
		{"no score for a work", func(r *judging.Rules) { r.PerWork = 0 }, []string{"rules.per_work"}},
		{"too many scores for a work", func(r *judging.Rules) { r.PerWork = 51 }, []string{"rules.per_work"}},
		{"too many in a category", func(r *judging.Rules) { r.Categories[0].PerWork = 51 }, []string{"rules.per_work"}},
		{
			"fewer than none in a category", func(r *judging.Rules) { r.Categories[0].PerWork = -1 },
			[]string{"rules.per_work"},
		},
		{"trimming as many as there are", func(r *judging.Rules) { r.Combine.DropLow, r.Combine.DropHigh = 2, 3 },
			[]string{"rules.trim_count"}},
		{"trimming two and two of five", func(r *judging.Rules) { r.Combine.DropLow, r.Combine.DropHigh = 2, 2 }, nil},
		{"trimming at one end only", func(r *judging.Rules) { r.Combine.DropHigh = 1 }, nil},
		{"trimming fewer than none", func(r *judging.Rules) { r.Combine.DropLow = -1 }, []string{"rules.trim_count"}},
		{"trimming eleven", func(r *judging.Rules) { r.Combine.TrimFrom, r.Combine.DropLow = 50, 11 },
			[]string{"rules.trim_count"}},
		{"the median", func(r *judging.Rules) { r.Combine.Method = judging.Median }, nil},
		{"the best of none", func(r *judging.Rules) { r.Combine.Method = judging.Best }, []string{"rules.best"}},
		{"the best of 51", func(r *judging.Rules) { r.Combine.Method, r.Combine.Best = judging.Best, 51 },
			[]string{"rules.best"}},
		{"the best three", func(r *judging.Rules) { r.Combine.Method, r.Combine.Best = judging.Best, 3 }, nil},
		{"panels", func(r *judging.Rules) {
			r.Panels = []judging.Panel{{Name: "专家", Weight: 70}, {Name: "大众", Weight: 30}}
		}, nil},
		{"panels of 110 percent", func(r *judging.Rules) {
			r.Panels = []judging.Panel{{Name: "专家", Weight: 70}, {Name: "大众", Weight: 40}}
		}, []string{"rules.panel_sum"}},
		{"two panels of one name, one that weighs nothing", func(r *judging.Rules) {
			r.Panels = []judging.Panel{{Name: "专家", Weight: 100}, {Name: "专 家"}}
		}, []string{"rules.name_twice", "rules.panel_weight"}},
		{"panels with a correction", func(r *judging.Rules) {
			r.Panels, r.Official = []judging.Panel{{Name: "专家", Weight: 100}}, judging.ZScore
		}, []string{"rules.panel_method"}},
		{"each criterion with totals alone", func(r *judging.Rules) { r.Combine.ByCriterion, r.TotalOnly = true, true },
			[]string{"rules.by_criterion"}},
		{"each criterion with a correction", func(r *judging.Rules) {
			r.Combine.ByCriterion, r.Official = true, judging.Hier
		}, []string{"rules.by_criterion"}},
		{"each criterion", func(r *judging.Rules) { r.Combine.ByCriterion = true }, nil},
		{"trimming two scores", func(r *judging.Rules) { r.Combine.TrimFrom = 2 }, []string{"rules.trim_from"}},
		{"the mean needs no trimming", func(r *judging.Rules) {
			r.Combine = judging.Combine{
				Method: judging.Mean,
			}
		}, nil},
		{
			"an unknown way to combine", func(r *judging.Rules) { r.Combine.Method = "ranks" },
			[]string{"rules.unknown_word"},
		},
		{"five decimals", func(r *judging.Rules) { r.Combine.Decimals = 5 }, []string{"rules.decimals"}},
		{"fewer than no decimals", func(r *judging.Rules) { r.Combine.Decimals = -1 }, []string{"rules.decimals"}},
		{
			"an unknown tie step", func(r *judging.Rules) { r.Ties = append(r.Ties, "lot") },
			[]string{"rules.unknown_word"},
		},
		{"an unknown exit from a tie", func(r *judging.Rules) { r.TieAtCut = "" }, []string{"rules.unknown_word"}},
		{"a group without a name", func(r *judging.Rules) {
			r.Groups = append(r.Groups, judging.GroupRule{
				Name: " ",
			})
		}, []string{"rules.name_twice"}},
		{"a group twice", func(r *judging.Rules) {
			r.Groups = append(r.Groups, judging.GroupRule{
				Name: "小 学组",
			})
		}, []string{"rules.name_twice"}},
		{
			"two groups of one alias", func(r *judging.Rules) { r.Groups[1].Alias = append(r.Groups[1].Alias, "小学") },
			[]string{"rules.name_twice"},
		},
		{
			"a group alias that is blank", func(r *judging.Rules) { r.Groups[1].Alias = []string{"\u3000"} },
			[]string{"rules.name_twice"},
		},
		{"no category", func(r *judging.Rules) { r.Categories = nil }, []string{"rules.no_category"}},
		{"a category twice", func(r *judging.Rules) {
			r.Categories = append(r.Categories, judging.Category{Name: "书法", Prefix: "SG", Rubric: "书法"})
		}, []string{"rules.name_twice"}},
		{
			"a category that is another's alias", func(r *judging.Rules) { r.Categories[1].Alias = []string{"毛 笔"} },
			[]string{"rules.name_twice"},
		},
		{
			"an alias said twice within one category",
			func(r *judging.Rules) { r.Categories[0].Alias = []string{"书法", "毛笔", "毛笔"} }, nil,
		},
		{
			"a category alias that is blank", func(r *judging.Rules) { r.Categories[1].Alias = []string{" "} },
			[]string{"rules.name_twice"},
		},
		{"no prefix", func(r *judging.Rules) { r.Categories[0].Prefix = "" }, []string{"rules.prefix"}},
		{"a prefix twice", func(r *judging.Rules) { r.Categories[0].Prefix = "SY" }, []string{"rules.prefix"}},
		{"a prefix of five", func(r *judging.Rules) { r.Categories[0].Prefix = "SHUFA" }, []string{"rules.prefix"}},
		{
			"a prefix that leaves its folder", func(r *judging.Rules) { r.Categories[0].Prefix = "../" },
			[]string{"rules.prefix"},
		},
		{
			"a prefix in small letters", func(r *judging.Rules) { r.Categories[0].Prefix = "sf" },
			[]string{"rules.prefix"},
		},
		{
			"a rubric that is nowhere", func(r *judging.Rules) { r.Categories[0].Rubric = "篆刻" },
			[]string{"rules.no_rubric"},
		},
		{
			"a group that is nowhere", func(r *judging.Rules) { r.Categories[0].Groups = []string{"老年组"} },
			[]string{"rules.unknown_name"},
		},
		{
			"a rubric twice", func(r *judging.Rules) { r.Rubrics = append(r.Rubrics, r.Rubrics[0]) },
			[]string{"rules.name_twice"},
		},
		{
			"a rubric that won't do", func(r *judging.Rules) { r.Rubrics[1].Criteria = criteria(60, 20, 10, 15) },
			[]string{"rules.weights_sum"},
		},
		{"everything at once is told at once", func(r *judging.Rules) { *r = judging.Rules{} },
			[]string{"rules.no_category", "rules.per_work", "rules.unknown_word"}},
	} {
		t.Run(c.name, c.run)
	}
}

func TestAwardsAreRefusedForWhatIsWrongWithThem(t *testing.T) {
	for _, c := range []refusal{
		{"an exact quota for a group", func(r *judging.Rules) {
			r.Quotas = []judging.Quota{{
				Award:    "一等奖",
				Category: "书法",
				Group:    "小学组",
				Share:    judging.Share{Count: 2},
			}, {
				Award:    "一等奖",
				Category: "摄影",
			}}
		}, nil},
		{"an award twice", func(r *judging.Rules) { r.Awards[1].Name = "一等奖" }, []string{"rules.name_twice"}},
		{"more than all get awards", func(r *judging.Rules) {
			r.Awards[0].Share = judging.Share{
				Percent: 81,
			}
		}, []string{"rules.percent_sum"}},
		{"count and percent at once", func(r *judging.Rules) { r.Awards[0].Percent = 10 }, []string{"rules.quota"}},
		{"fewer than no places", func(r *judging.Rules) { r.Awards[0].Count = -1 }, []string{"rules.quota"}},
		{"less than no percent", func(r *judging.Rules) { r.Awards[1].Percent = -1 }, []string{"rules.quota"}},
		{
			"more than all percent", func(r *judging.Rules) { r.Awards[1].Percent = 101 },
			[]string{"rules.percent_sum", "rules.quota"},
		},
		{
			"percent that is no number", func(r *judging.Rules) { r.Awards[1].Percent = math.NaN() },
			[]string{"rules.quota"},
		},
		{
			"a least score that is no number", func(r *judging.Rules) { r.Awards[1].MinScore = math.NaN() },
			[]string{"rules.quota"},
		},
		{
			"a least score without end", func(r *judging.Rules) { r.Awards[1].MinScore = math.Inf(1) },
			[]string{"rules.quota"},
		},
		{
			"a least score of raw marks for standard scores", func(r *judging.Rules) {
				r.Official, r.Awards[0].MinScore, r.Awards[1].MinScore = judging.ZScore, 60, 80
			}, []string{"rules.min_standard_score"},
		},
		{
			"an unknown rounding", func(r *judging.Rules) { r.Awards[1].Rounding = "even" },
			[]string{"rules.unknown_word"},
		},
		{"a quota of an unknown award", func(r *judging.Rules) {
			r.Quotas = []judging.Quota{{
				Award:    "特等奖",
				Category: "书法",
			}}
		}, []string{"rules.unknown_name"}},
		{"a quota of an unknown category", func(r *judging.Rules) {
			r.Quotas = []judging.Quota{{
				Award:    "一等奖",
				Category: "歌曲",
			}}
		}, []string{"rules.unknown_name"}},
		{"a quota of a group not ranked apart", func(r *judging.Rules) {
			r.Quotas = []judging.Quota{{Award: "一等奖", Category: "摄影", Group: "小学组"}}
		}, []string{"rules.unknown_name"}},
		{"a quota that cannot be", func(r *judging.Rules) {
			r.Quotas = []judging.Quota{{Award: "一等奖", Category: "书法", Share: judging.Share{Count: 1, Percent: 1}}}
		}, []string{"rules.quota"}},
	} {
		t.Run(c.name, c.run)
	}
}

func TestWhatACategoryLeavesOutTheContestSays(t *testing.T) {
	r := countyRules()
	if a, b, c := r.PerWorkOf("书法"), r.PerWorkOf("摄影"), r.PerWorkOf("歌曲"); a != 3 || b != 5 || c != 3 {
		t.Errorf("scores for a work: %d, %d, %d", a, b, c)
	}
	if n := len(r.RubricOf("摄影").Criteria); n != 4 {
		t.Errorf("摄影 has %d criteria", n)
	}
	if n := len(r.RubricOf("歌曲").Criteria); n != 0 {
		t.Errorf("an unknown category has %d criteria", n)
	}
	if !r.RankedApart("书法", "小学组") || r.RankedApart("书法", "老年组") || r.RankedApart("摄影", "小学组") ||
		r.RankedApart("歌曲", "") {
		t.Error("only the groups a category lists are ranked apart")
	}
}

func TestTheMostExactQuotaHolds(t *testing.T) {
	r := countyRules()
	r.Quotas = []judging.Quota{
		{Award: "一等奖", Category: "书法", Group: "小学组", Share: judging.Share{Count: 7}},
		{Award: "一等奖", Category: "书法", Share: judging.Share{Count: 5}},
		{Award: "二等奖", Category: "书法", Group: "成人组", Share: judging.Share{Count: 9}},
	}
	for _, tt := range []struct {
		award           int
		category, group string
		want            int
	}{
		{0, "书法", "小学组", 7}, {0, "书法", "成人组", 5}, {0, "书法", "", 5}, {0, "摄影", "", 1}, {1, "书法", "成人组", 9},
		{1, "书法", "小学组", 0},
	} {
		if got := r.ShareOf(r.Awards[tt.award], tt.category, tt.group).Count; got != tt.want {
			t.Errorf("%s of %s %s: %d places, want %d", r.Awards[tt.award].Name, tt.category, tt.group, got, tt.want)
		}
	}
}

func TestCategoriesAreFoundInWhatPeopleWrite(t *testing.T) {
	r := judging.Rules{Categories: []judging.Category{
		{Name: "书法", Alias: []string{"软笔书法", "硬笔书法", "篆刻"}}, {Name: "绘画", Alias: []string{"国画", "儿童画", "漫画"}},
		{
			Name:  "微视频",
			Alias: []string{"视频", "公益广告"},
		}, {
			Name:  "海报",
			Alias: []string{"平面公益广告", " "},
		}, {
			Name:  "动漫",
			Alias: []string{"Flash"},
		},
	}}
	tests := []struct{ text, want string }{
		{"书法", "书法"}, {" 书 法 ", "书法"}, {"书法类", "书法"}, {"（一）软笔书法", "书法"}, {"A．国画作品", "绘画"}, {"ＦＬＡＳＨ动画", "动漫"},
		{"公益广告", "微视频"}, {"平面公益广告（海报）", "海报"}, {"少儿绘画组", "绘画"}, {"书法、绘画与平面公益广告", "海报"}, {"书法、绘画", ""},
		{"书法和国画", ""}, {"雕塑", ""}, {"", ""}, {"\u3000", ""},
	}
	for _, tt := range tests {
		for range 10 { // a map's order must not show
			if got, ok := r.MatchCategory(tt.text); got != tt.want || ok != (tt.want != "") {
				t.Errorf("MatchCategory(%q) = %q, %v, want %q", tt.text, got, ok, tt.want)
			}
		}
	}
}

func TestGroupsAreFoundInWhatPeopleWrite(t *testing.T) {
	r := judging.Rules{Groups: []judging.GroupRule{
		{
			Name:  "小学组",
			Alias: []string{"小学", "小学低年级组", "儿童组"},
		}, {
			Name:  "初中组",
			Alias: []string{"初中"},
		}, {
			Name:  "高中组",
			Alias: []string{"高中"},
		}, {
			Name:  "成人组",
			Alias: []string{"教师组", ""},
		},
	}}
	tests := []struct{ text, want string }{
		{"小学组", "小学组"}, {"小学 低年级组", "小学组"}, {"县实验小学三年级", "小学组"}, {"（初中组）", "初中组"}, {"教师组", "成人组"},
		{"少儿绘画组", ""}, {"小学组（初中组）", ""}, {"初中高中", ""}, {"", ""},
	}
	for _, tt := range tests {
		for range 10 {
			if got, ok := r.MatchGroup(tt.text); got != tt.want || ok != (tt.want != "") {
				t.Errorf("MatchGroup(%q) = %q, %v, want %q", tt.text, got, ok, tt.want)
			}
		}
	}
}

func TestSharesAtTheirEdges(t *testing.T) {
	quota := func(n int) judging.Quota {
		return judging.Quota{Award: "一等奖", Category: "书法", Share: judging.Share{Count: n}}
	}
	for _, c := range []refusal{
		{"exactly all get awards", func(r *judging.Rules) { r.Awards[0].Share = judging.Share{Percent: 80} }, nil},
		{"all get one award", func(r *judging.Rules) {
			r.Awards[0].Share, r.Awards[1].Share = judging.Share{}, judging.Share{Percent: 100}
		}, nil},
		{"the largest least score", func(r *judging.Rules) { r.Awards[0].MinScore = 1e9 }, nil},
		{"a least score too large", func(r *judging.Rules) { r.Awards[0].MinScore = 1e11 }, []string{"rules.quota"}},
		{"a least score below none", func(r *judging.Rules) { r.Awards[0].MinScore = -1 }, []string{"rules.quota"}},
	} {
		t.Run(c.name, c.run)
	}
	r := countyRules()
	r.Quotas = []judging.Quota{quota(4), quota(5)}
	if got := r.ShareOf(r.Awards[0], "书法", "小学组").Count; got != 4 {
		t.Errorf("of two quotas for the same the second holds: %d places", got)
	}
}
