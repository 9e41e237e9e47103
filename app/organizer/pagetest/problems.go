package pagetest

import (
	"path/filepath"
	"testing"

	"fayi/judging/office"
	"fayi/judging/office/intake"
)

// WithProblems is a contest into which a list with four wrong rows came.
func WithProblems(t *testing.T) *office.Office {
	t.Helper()
	o := NewContest(t)
	path := filepath.Join(t.TempDir(), "第一小学报送表.csv")
	Write(t, path, []byte("作品名称,作者,类别,组别,学校,联系电话\n光,甲,摄影,小学组,城关第一小学,\n"+
		"冰雕一,乙,雕塑,小学组,城关第一小学,\n冰雕二,丙,雕塑,小学组,城关第一小学,\n,丁,书法,小学组,城关第一小学,\n"+
		"法,戊,书法,小学组,城关第二小学,123\n"))
	if _, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{path}}, nil); err != nil {
		t.Fatal(err)
	}
	return o
}
