package office_test

import (
	"path/filepath"
	"testing"

	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/report"
	"fayi/judging/superior"
)

// dueBy counts the documents to be made again by document and kind.
func dueBy(t *testing.T, o *office.Office) map[string]int {
	t.Helper()
	all, err := o.Report().DueDocuments(t.Context())
	must(t, err)
	out := map[string]int{}
	for _, d := range all {
		out[d.Document+" "+string(d.Kind)]++
	}
	return out
}

func wantDue(t *testing.T, o *office.Office, what string, want map[string]int) {
	t.Helper()
	got := dueBy(t, o)
	for k := range got {
		if want[k] != got[k] {
			t.Errorf("%s: %d × %s, want %d", what, got[k], k, want[k])
		}
	}
	for k := range want {
		if got[k] == 0 {
			t.Errorf("%s: no %s", what, k)
		}
	}
}

// paperwork makes every document that is kept account of.
func paperwork(t *testing.T, o *office.Office) {
	t.Helper()
	_, err := o.Report().PrintCertificates(t.Context(), report.CertificateRequest{
		Out: filepath.Join(t.TempDir(), "证书.pdf"), Anyway: true,
	}, words(t))
	must(t, err)
	_, err = o.Notices().ReportNotice(t.Context(), filepath.Join(t.TempDir(), "公示.xlsx"), words(t))
	must(t, err)
	_, err = o.Report().ReportAwards(
		t.Context(), filepath.Join(t.TempDir(), "名单.xlsx"), report.AwardListRequest{}, words(t),
	)
	must(t, err)
}

func TestDocumentsAreDueUntilTheyAreMadeAgain(t *testing.T) {
	o, _ := noticed(t)
	paperwork(t, o)
	first := pack(t, o)
	wantDue(t, o, "nothing was changed", nil)
	before, err := o.Journal(t.Context())
	must(t, err)
	paperwork(t, o)
	if after, _ := o.Journal(t.Context()); len(after) != len(before) {
		t.Error("making papers again changes the moment that papers are of")
	}

	work := string(first.Works[0])
	correct(t, o, map[string]string{"title": "法治之光"}, work)
	renamed := map[string]int{
		"certificate renamed": 1, "notice renamed": 1, "list renamed": 1, "batch renamed": 1,
	}
	wantDue(t, o, "after a correction", renamed)
	all, err := o.Report().DueDocuments(t.Context())
	must(t, err)
	for _, d := range all {
		if d.Reason != "公示更正" || d.Since.IsZero() || d.Now.Title != "法治之光" || d.Before.Title == "法治之光" ||
			string(d.Work) != work {
			t.Errorf("%+v", d)
		}
	}
	_, err = o.Notices().ReportNotice(t.Context(), filepath.Join(t.TempDir(), "公示.docx"), words(t))
	must(t, err)
	wantDue(t, o, "the notice was made again", map[string]int{
		"certificate renamed": 1, "list renamed": 1, "batch renamed": 1,
	})
	paperwork(t, o)
	wantDue(t, o, "papers were made again", map[string]int{"batch renamed": 1})
	pack(t, o)
	wantDue(t, o, "the next batch went", nil)
}

func TestDocumentsOfARevokedAwardAreDueWithItsReason(t *testing.T) {
	o, _ := noticed(t)
	paperwork(t, o)
	won, err := o.Awards().ListAwards(t.Context())
	must(t, err)
	_, err = o.Awards().RuleAward(t.Context(), award.Ruling{
		Kind: award.RuleDisqualify, Work: won[0].Work, Reason: "抄袭",
	})
	must(t, err)
	_, err = o.Awards().DecideAwards(t.Context(), false)
	must(t, err)
	all, err := o.Report().DueDocuments(t.Context())
	must(t, err)
	revoked := map[string]bool{}
	for _, d := range all {
		if d.Work == won[0].Work {
			revoked[d.Document] = d.Kind == superior.Revoked && d.Reason == "抄袭" && !d.Since.IsZero()
		}
	}
	for _, document := range []string{report.DueCertificate, report.DueNotice, report.DueList} {
		if !revoked[document] {
			t.Errorf("%s: %+v", document, all)
		}
	}
}

func TestADraftIsNoDocument(t *testing.T) {
	o := decided(t, 15)
	for _, write := range []func() error{
		func() error {
			_, err := o.Notices().ReportNotice(t.Context(), filepath.Join(t.TempDir(), "稿.xlsx"), words(t))
			return err
		},
		func() error {
			_, err := o.Report().ReportAwards(
				t.Context(), filepath.Join(t.TempDir(), "稿.xlsx"), report.AwardListRequest{}, words(t),
			)
			return err
		},
	} {
		must(t, write())
	}
	won, err := o.Awards().ListAwards(t.Context())
	must(t, err)
	correct(t, o, map[string]string{"title": "法治之光"}, string(won[0].Work))
	wantDue(t, o, "nothing has left the house", nil)
}
