package office_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/office"
)

func TestDeskKeepsTheContractOfBallots(t *testing.T) {
	judgetest.BallotsSuite(t, func(t *testing.T) judging.Ballots {
		const works = 12
		o := newOffice(t)
		dir := filepath.Dir(worksFile(t, works))
		for i := range works {
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("法治之光%d.txt", i+1)), []byte("法者，治之端也。"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		importAll(t, o, office.ImportRequest{Sources: []string{dir}})
		addJudges(t, o, 6)
		publish(t, o)
		return o.Desk("j001")
	})
}
