package paper

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"fayi/assets"
	"fayi/judging"
	"fayi/judging/sheet/score"
	"fayi/judging/sheet/sheettest"
)

// paperWords gives the real catalogue in one language.
func paperWords(t testing.TB, lang string) Words {
	t.Helper()
	c, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c.In(lang).T
}

var calligraphy = judging.Rubric{Scale: 100, Step: 1,
	Criteria: []judging.Criterion{
		{Name: "主题内容", Weight: 20, Hint: "内容健康，紧扣法治主题，文字无误"},
		{Name: "笔法", Weight: 20, Hint: "笔画准确，用笔有力"},
		{Name: "结字章法", Weight: 25, Hint: "结构匀称，布局得当"},
		{Name: "墨色纸张", Weight: 15, Hint: "墨色变化，幅面整洁"},
		{Name: "整体美感与创意", Weight: 20, Hint: "风格鲜明，有感染力"},
	},
	Bands: []judging.Band{{
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
	}},
}

var photography = judging.Rubric{Scale: 10, Step: 0.5, Criteria: []judging.Criterion{
	{Name: "主题", Weight: 4}, {Name: "构图用光", Weight: 3.5, Hint: "构图讲究，用光得当"}, {Name: "瞬间", Weight: 2.5}}}

// sampleScoreSheet has n works of calligraphy and two photographs, two of them already marked.
func sampleScoreSheet(n int, totalOnly bool) ScoreSheet {
	titles := []string{"宪法在我心中", "法润乡村", "《中华人民共和国民法典》总则编第一章基本规定节选楷书中堂", "公平正义", "=HYPERLINK(\"x\")", "尊法学法守法用法四条屏"}
	s := ScoreSheet{
		Contest: "0123456789abcdef",
		Duties: judging.Duties{
			Contest:   "【演练】2020年灌云县法治文化作品征集",
			Judge:     "j007",
			Name:      "王老师",
			Round:     2,
			Plan:      "a1b2c3d4e5f6",
			TotalOnly: totalOnly,
			Rubrics:   map[string]judging.Rubric{"书法": calligraphy, "摄影": photography},
		},
		Ballots: map[judging.WorkCode]judging.Ballot{},
	}
	for i := range n {
		s.Duties.Works = append(s.Duties.Works, judging.Duty{
			BlindWork: judging.BlindWork{Code: judging.WorkCode(fmt.Sprintf("SF-%04d", (i*37+11)%10000)),
				Title: titles[i%len(titles)], Category: "书法", Group: []string{"小学组", "初中组", "成人组"}[i%3]},
		})
	}
	for i := range 2 {
		s.Duties.Works = append(s.Duties.Works, judging.Duty{
			BlindWork: judging.BlindWork{
				Code:     judging.WorkCode(fmt.Sprintf("SY-%04d", i+1)),
				Title:    titles[i],
				Category: "摄影",
			},
		})
	}
	first, second := s.Duties.Works[0].Code, s.Duties.Works[1].Code
	s.Ballots[first] = judging.Ballot{
		Code:       first,
		State:      judging.Scored,
		Marks:      map[string]float64{"主题内容": 18, "笔法": 17, "结字章法": 21, "墨色纸张": 12, "整体美感与创意": 16},
		Total:      84,
		Confidence: 3,
		Comment:    "用笔沉稳，章法疏朗；落款稍挤，若能再放开一些更好，整体仍属上乘之作。",
	}
	s.Ballots[second] = judging.Ballot{Code: second, State: judging.Recused, Reason: "作者是我的学生"}
	return s
}

func writeScoreFile(t testing.TB, s ScoreSheet, lang string) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteScoreSheet(&b, s, paperWords(t, lang)); err != nil {
		t.Fatal(err)
	}
	return sheettest.TempFile(t, "评分表.xlsx", b.Bytes())
}

func TestAScoreSheetReadsBackAsWritten(t *testing.T) {
	for _, lang := range []string{"zh-Hans", "en"} {
		for _, totalOnly := range []bool{false, true} {
			s := sampleScoreSheet(45, totalOnly)
			path := writeScoreFile(t, s, lang)
			got, problems, err := score.ReadScoreSheet(context.Background(), path, "评分表.xlsx")
			if err != nil || len(problems) > 0 {
				t.Fatalf("%s: %v %v", lang, err, problems)
			}
			if got.SheetIdentity != s.identity() || len(got.Ballots) != len(s.Duties.Works) {
				t.Fatalf("%s: %+v, %d ballots", lang, got.SheetIdentity, len(got.Ballots))
			}
			for i, b := range got.Ballots {
				d := s.Duties.Works[i]
				want := s.Ballots[d.Code]
				settled, err := b.Complete(s.Duties.Rubrics[d.Category], totalOnly)
				if err != nil || settled.Code != d.Code || settled.Total != want.Total ||
					settled.Comment != want.Comment || settled.Confidence != want.Confidence ||
					settled.Reason != want.Reason {
					t.Fatalf("%s: row %d: %+v (%v), want %+v", lang, i, settled, err, want)
				}
				if want.State != "" && settled.State != want.State {
					t.Errorf("%s: state %q, want %q", lang, settled.State, want.State)
				}
			}
		}
	}
}

// sampleAwards has a section for each category and group with n works of each award.
func sampleAwards(n int) AwardList {
	score := 91.25
	l := AwardList{
		Contest:   "【演练】2020年灌云县法治文化作品征集",
		Host:      "灌云县司法局",
		Date:      "2020年5月12日",
		Rehearsal: true,
		Note:      "公示期：2020年5月12日至5月18日。联系电话略。",
	}
	for _, c := range []string{"书法", "绘画", "微视频"} {
		for _, g := range []string{"小学组", "成人组"} {
			s := AwardSection{Category: c, Group: g}
			for _, a := range []string{"一等奖", "二等奖", "三等奖", "优秀奖"} {
				for i := range n {
					r := AwardRow{
						Award:    a,
						Title:    "宪法在我心中",
						Authors:  []string{"张三"},
						Unit:     "灌云县实验小学",
						Teachers: []string{"李四"},
						Score:    &score,
						Place:    i + 1,
					}
					if i%3 == 1 {
						r.Title, r.Unit = "《中华人民共和国民法典》总则编第一章基本规定节选楷书中堂", "灌云县伊山镇人民政府社会治安综合治理中心"
						r.Authors, r.Teachers = []string{"欧阳某某", "王某", "赵某某", "钱某", "孙某某"}, nil
					}
					s.Rows = append(s.Rows, r)
				}
			}
			l.Sections = append(l.Sections, s)
		}
	}
	return l
}
