package office_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/diploma"
	"fayi/judging/office/awards"
	"fayi/judging/office/report"
)

func TestACertificateKeepsItsNumberAndIsKnownByItsCode(t *testing.T) {
	o := rewarded(t, 15)
	ctx := t.Context()
	dir := t.TempDir()
	first, err := o.Report().PrintCertificates(ctx, report.CertificateRequest{
		Out:  filepath.Join(dir, "a.pdf"),
		List: filepath.Join(dir, "a.xlsx"),
	}, words(t))
	must(t, err)
	again, err := o.Report().PrintCertificates(ctx, report.CertificateRequest{
		Out:  filepath.Join(dir, "each"),
		Each: true,
	}, words(t))
	must(t, err)
	if first.First != again.First || first.Last != again.Last || first.First != "〔2020〕第0001号" ||
		len(again.Files) != first.Certificates || len(first.Files) != 2 {
		t.Errorf("first %+v, again %+v", first, again)
	}
	c, err := o.Contest(ctx)
	must(t, err)
	awards, err := o.Awards().ListAwards(ctx)
	must(t, err)
	printed := diploma.Certificate{
		Number: first.First,
		Author: strings.Join(awards[0].Authors, "、"),
		Title:  awards[0].Title,
		Award:  awards[0].Award,
	}
	code := diploma.Key{Contest: c.ID, Secret: c.Key}.Code(printed)
	check, err := o.Report().VerifyCertificate(ctx, strings.ToLower(first.First), strings.ToLower(code))
	if err != nil || !check.Genuine || !check.Current || check.Title != printed.Title {
		t.Errorf("the right code: %+v %v", check, err)
	}
	more, err := o.Report().PrintCertificates(ctx, report.CertificateRequest{
		Out:     filepath.Join(dir, "b.pdf"),
		Honours: true,
	}, words(t))
	honours, herr := o.Awards().Honours(ctx)
	if err != nil || herr != nil || more.First != first.First ||
		more.Certificates != first.Certificates+len(honours.Mentors)+given(honours) {
		t.Errorf("with prizes: %+v of %+v, %v %v", more, honours, err, herr)
	}
	check, err = o.Report().VerifyCertificate(ctx, first.Last, code)
	if err != nil || check.Genuine || check.Author != "" {
		t.Errorf("another's code: %+v %v", check, err)
	}
	if _, err = o.Report().VerifyCertificate(ctx, "〔2020〕第9999号", code); judging.CodeOf(err) != judging.NotFound {
		t.Errorf("a number never given: %v", err)
	}
}

func TestABadTemplatePrintsNothing(t *testing.T) {
	o := rewarded(t, 6)
	dir := t.TempDir()
	path := filepath.Join(dir, "t.toml")
	for name, text := range map[string]string{
		"no template":              "x",
		"a picture from elsewhere": "background = '../x.png'\n" + string(diploma.Bundled()),
		"no picture":               "background = 'x.png'\n" + string(diploma.Bundled()),
	} {
		must(t, os.WriteFile(path, []byte(text), 0o600))
		_, err := o.Report().PrintCertificates(t.Context(), report.CertificateRequest{
			Out:      filepath.Join(dir, "a.pdf"),
			Template: path,
		}, words(t))
		if err == nil {
			t.Errorf("%s is taken", name)
		}
		if _, err := os.Lstat(filepath.Join(dir, "a.pdf")); err == nil {
			t.Errorf("%s prints", name)
		}
	}
	if err := o.Report().CertificateTemplate(path); judging.CodeOf(err) != judging.Clash {
		t.Errorf("a file is written over: %v", err)
	}
}

// given counts the units with a prize.
func given(h awards.Honours) int {
	n := 0
	for _, u := range h.Units {
		if u.Given {
			n++
		}
	}
	return n
}

// Whoever stops the printing finds nothing: no list of certificates that were not made.
func TestCertificatesThatAreStoppedLeaveNothing(t *testing.T) {
	o := rewarded(t, 15)
	dir := t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	say := words(t)
	_, err := o.Report().PrintCertificates(ctx, report.CertificateRequest{
		Out: filepath.Join(dir, "证书"), List: filepath.Join(dir, "名单.xlsx"), Each: true,
	}, func(key string, args map[string]any) string {
		if key == "report.merge_sheet" { // the list is being written
			stop()
		}
		return say(key, args)
	})
	left, readErr := os.ReadDir(dir)
	if !errors.Is(err, context.Canceled) || readErr != nil || len(left) != 0 {
		t.Errorf("%v: %v %v", err, left, readErr)
	}
}

func TestPrizesOfUnitsAndTeachersAreCertifiedUnderTheirOwnNames(t *testing.T) {
	o := rewarded(t, 15)
	rules := strings.Replace(withRules("min_works = 5", "min_works = 1"), `from = ["一等奖"]`, `from = ["一等奖", "二等奖"]`, 1)
	if _, err := o.RuleBook().LoadRules(t.Context(), strings.NewReader(rules), true); err != nil {
		t.Fatal(err)
	}
	honours, err := o.Awards().Honours(t.Context())
	must(t, err)
	if given(honours) == 0 || len(honours.Mentors) == 0 {
		t.Fatalf("nobody has a prize: %+v", honours)
	}
	dir := t.TempDir()
	made, err := o.Report().PrintCertificates(t.Context(), report.CertificateRequest{
		Out:     filepath.Join(dir, "each"),
		Each:    true,
		Honours: true,
		List:    filepath.Join(dir, "l.xlsx"),
	}, words(t))
	must(t, err)
	awards, err := o.Awards().ListAwards(t.Context())
	must(t, err)
	if want := len(awards) + given(honours) + len(honours.Mentors); made.Certificates != want {
		t.Errorf("%d certificates, want %d", made.Certificates, want)
	}
	list := packedText(t, filepath.Join(dir, "l.xlsx"))
	for _, want := range []string{"优秀组织奖", "优秀指导教师奖", honours.Units[0].Unit, honours.Mentors[0].Teacher} {
		if !strings.Contains(list, want) {
			t.Errorf("the list for the printer lacks %q", want)
		}
	}
}
