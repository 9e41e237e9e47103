package office_test

import (
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/office/assignment"
)

// BenchmarkSave640Works20Judges says how long a save at the desk takes on the disk, compared with reading the
// judge's whole list, which a save no longer does.
func BenchmarkSave640Works20Judges(b *testing.B) {
	o, _ := importNew(b, manyWorks(b, 640), 640)
	defer o.Close()
	for i := range 20 {
		if _, err := o.Assignment().AddJudge(b.Context(), judging.Judge{Name: "评委" + string(rune('A'+i))}); err != nil {
			b.Fatal(err)
		}
	}
	seed := uint64(1)
	if _, err := o.Assignment().PlanAssignment(b.Context(), assignment.PlanRequest{Seed: &seed}, nil); err != nil {
		b.Fatal(err)
	}
	if _, err := o.Assignment().PublishPlan(b.Context(), ""); err != nil {
		b.Fatal(err)
	}
	desk := o.Scoring().Desk("j001")
	began := time.Now()
	d, err := desk.Duties(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	whole := time.Since(began)
	n := 0
	for b.Loop() {
		n++
		w := d.Works[n%len(d.Works)]
		if _, err := desk.Save(b.Context(), judging.Ballot{Code: w.Code, Total: float64(1 + n%100)}); err != nil {
			b.Fatal(err)
		}
	}
	began = time.Now()
	for _, w := range d.Works {
		if _, err := desk.Load(b.Context(), w.Code); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(whole.Microseconds()), "µs/list")
	b.ReportMetric(float64(time.Since(began).Microseconds())/float64(len(d.Works)), "µs/load")
	b.ReportMetric(float64(len(d.Works)), "works")
}
