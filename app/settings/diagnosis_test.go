package settings

import (
	"path/filepath"
	"strings"
	"testing"

	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office/intake"
)

func TestADiagnosisNamesNobodyAndNothing(t *testing.T) {
	o := pagetest.NewContest(t)
	path := filepath.Join(t.TempDir(), "表.csv")
	pagetest.Write(t, path, []byte("作品名称,作者,类别,组别,单位,联系电话\n光与影,孙三丰,摄影,成人组,一小学,13912345678\n"))
	if _, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{path}}, nil); err != nil {
		t.Fatal(err)
	}
	_, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: "欧阳文清", Unit: "县书协", Phone: "13987654321"})
	if err != nil {
		t.Fatal(err)
	}
	text, err := diagnose(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"judges 1", "check ok=true", "judges.add"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing: %s", want, text)
		}
	}
	for _, secret := range []string{"光", "孙三丰", "一小学", "139", "欧阳", "县", "表.csv", o.Dir()} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is in it: %s", secret, text)
		}
	}
	if err := writeText(filepath.Join(t.TempDir(), "无", "诊断.txt"), text); judging.CodeOf(err) != judging.Unavailable {
		t.Errorf("written into no folder: %v", err)
	}
}
