package office_test

import (
	"archive/zip"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/awards"
	"fayi/judging/office/intake"
	"fayi/judging/office/rules"
	"fayi/judging/terms"
)

// packedText is all text of a document that is a zip of XML.
func packedText(t *testing.T, path string) string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var all strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, r); err != nil {
			t.Fatal(err)
		}
	}
	return regexp.MustCompile(`<[^>]*>`).ReplaceAllString(all.String(), " ")
}

// withChildren is a contest with awards in which only children take part; names and titles hold what is not for the
// public.
func withChildren(t *testing.T, minors terms.Minors) *office.Office {
	t.Helper()
	text := withRules(`minors = "whole"`, `minors = "`+string(minors)+`"`)
	parsed, err := rules.ParseRules(strings.NewReader(strings.Replace(text, "min_works = 5", "min_works = 1", 1)))
	if err != nil {
		t.Fatal(err)
	}
	o, err := office.Create(t.Context(), config(t), "法治文化作品征集", "示例县司法局", parsed)
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]any{header,
		{"赵小明心中的宪法", "摄影", "小学组", "赵小明", "示例第一小学", "钱老师", "13800000001"},
		{"法治在身边（13800000002）", "摄影", "小学组", "孙小红 320700201001011234", "示例第一小学", "李老师", "13800000002"},
		{"守法的一天", "摄影", "成人组", "周大成", "示例街道", "", "13800000003"}}
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "作品.xlsx", rows...)}})
	addJudges(t, o, 3)
	publish(t, o)
	scoreAll(t, o)
	for _, w := range []string{"w000001", "w000002", "w000003"} {
		rule(t, o, award.Ruling{Kind: award.RuleGive, Work: judging.WorkID(w), Award: "一等奖", Reason: "评委会决定"})
	}
	if _, err := o.Awards().DecideAwards(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	return o
}

func TestAPublicNoticeShowsNoNumbersAndChildrenAsTheRulesSay(t *testing.T) {
	for minors, wants := range map[terms.Minors]struct{ in, out []string }{
		terms.Whole:    {[]string{"赵小明", "孙小红", "周大成", "优秀组织奖", "优秀指导教师奖", "钱老师"}, nil},
		terms.Surname:  {[]string{"赵某某", "孙某某", "周大成", "赵某某心中的宪法"}, []string{"赵小明", "孙小红", "小明", "小红"}},
		terms.UnitOnly: {[]string{"周大成", "示例第一小学"}, []string{"赵小明", "孙小红", "赵某", "孙某"}},
	} {
		o := withChildren(t, minors)
		for _, name := range []string{"n.xlsx", "n.docx"} {
			path := filepath.Join(t.TempDir(), name)
			r, err := o.Notices().ReportNotice(t.Context(), path, words(t))
			if err != nil || r.Awards != 3 || !r.Draft || r.Units == 0 || r.Mentors != 2 {
				t.Fatalf("%+v %v", r, err)
			}
			text := packedText(t, path)
			for _, want := range append(wants.in, "征求意见稿", "示例县司法局") {
				if !strings.Contains(text, want) {
					t.Errorf("%s, %s: lacks %q", minors, name, want)
				}
			}
			for _, bad := range append(wants.out, "1380000000", "320700201001011234") {
				if strings.Contains(text, bad) {
					t.Errorf("%s, %s: shows %q", minors, name, bad)
				}
			}
		}
	}
}

func TestAPublicNoticeKeepsWhatItShowedFirst(t *testing.T) {
	o := newOffice(t)
	path := filepath.Join(t.TempDir(), "n.docx")
	_, err := o.Notices().ReportNotice(t.Context(), path, words(t))
	wantCode(t, err, judging.Closed, "awards.none")

	o = withChildren(t, terms.Surname)
	if _, err := o.Notices().PublishAwards(t.Context(), awards.NoticeRequest{
		From:     "2020-04-30",
		Past:     true,
		Days:     3,
		Holidays: []string{"2020-05-01", "2020-05-04"},
		Contact:  "示例县司法局宣传科 0518-00000000",
	}); err != nil {
		t.Fatal(err)
	}
	rule(t, o, award.Ruling{Kind: award.RuleDisqualify, Work: "w000003", Reason: "查实抄袭"})
	if _, err := o.Awards().DecideAwards(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	r, err := o.Notices().ReportNotice(t.Context(), path, words(t))
	if err != nil || r.Draft || r.Awards != 3 {
		t.Fatalf("%+v %v", r, err)
	}
	text := packedText(t, path)
	for _, want := range []string{"周大成", "2020年4月30日至2020年5月6日，共3个工作日", "宣传科 0518-00000000", "附件2"} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %q", want)
		}
	}
	if strings.Contains(text, "征求意见稿") {
		t.Error("a standing notice is marked as a draft")
	}
}
