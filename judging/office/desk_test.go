package office_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/office/scoring"
)

// newDesk is a judge's desk with a text to each work.
func newDesk(t *testing.T) (*office.Office, *scoring.Desk) {
	t.Helper()
	const works = 12
	o := newOffice(t)
	dir := filepath.Dir(worksFile(t, works))
	for i := range works {
		if err := os.WriteFile(
			filepath.Join(dir, fmt.Sprintf("法治之光%d.txt", i+1)), []byte("法者，治之端也。"), 0o644,
		); err != nil {
			t.Fatal(err)
		}
	}
	importAll(t, o, intake.ImportRequest{Sources: []string{dir}})
	addJudges(t, o, 6)
	publish(t, o)
	return o, o.Scoring().Desk("j001")
}

func TestDeskKeepsTheContractOfBallots(t *testing.T) {
	judgetest.BallotsSuite(t, func(t *testing.T) judging.Ballots { _, d := newDesk(t); return d })
}

func TestADeskWithAPINKeepsTheContractToo(t *testing.T) {
	judgetest.SecretBallotsSuite(t, "2048", func(t *testing.T) judging.Ballots {
		o, d := newDesk(t)
		if _, err := o.Secrets().SetPIN(t.Context(), "j001", "2048"); err != nil {
			t.Fatal(err)
		}
		return d
	})
}
