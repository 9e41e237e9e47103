package office_test

import (
	"fmt"
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
)

// reviewAs reviews one work with a reason in words.
func reviewAs(t *testing.T, o *office.Office, id judging.WorkID, status judging.WorkStatus, note string) error {
	t.Helper()
	_, err := o.Review().ReviewWorks(t.Context(), []judging.WorkID{id}, judging.Finding{Status: status, Note: note})
	return err
}

func waiting(t *testing.T, o *office.Office) []judging.WorkID {
	t.Helper()
	list, err := o.Review().WaitingWorks(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out []judging.WorkID
	for _, w := range list {
		out = append(out, w.ID)
	}
	slices.Sort(out)
	return out
}

func idsUpTo(n int) (out []judging.WorkID) {
	for i := range n {
		out = append(out, judging.WorkID(fmt.Sprintf("w%06d", i+1)))
	}
	return out
}

func TestManyWorksAreReviewedAtOnceAndTakenBack(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 60)}})
	if n := len(waiting(t, o)); n != 60 {
		t.Fatalf("%d wait at first", n)
	}
	first, err := o.Review().ReviewWorks(t.Context(), idsUpTo(60), judging.Finding{Status: judging.Accepted})
	if err != nil || len(first.Reviewed) != 60 || len(waiting(t, o)) != 0 {
		t.Fatalf("%+v %v, %d wait", first, err, len(waiting(t, o)))
	}
	f := judging.Finding{
		Status:  judging.Returned,
		Reasons: []judging.ReviewReason{judging.ReasonNeedsRelease, judging.ReasonMissingFile},
	}
	second, err := o.Review().ReviewWorks(t.Context(), []judging.WorkID{"w000003", "w000004", "w000003"}, f)
	if err != nil || len(second.Reviewed) != 2 {
		t.Fatalf("%+v %v", second, err)
	}
	w, _ := o.Work(t.Context(), "w000003")
	if w.Status != judging.Returned ||
		!slices.Equal(w.Reasons, []judging.ReviewReason{judging.ReasonMissingFile, judging.ReasonNeedsRelease}) {
		t.Fatalf("%+v", w)
	}
	if err := reviewAs(t, o, "w000004", judging.Rejected, "抄袭"); err != nil {
		t.Fatal(err)
	}
	undone, err := o.Review().UndoReview(t.Context(), second.Batch)
	if err != nil || !slices.Equal(undone, []judging.WorkID{"w000003"}) {
		t.Fatalf("the later review of w000004 did not keep it: %v %v", undone, err)
	}
	if w, _ := o.Work(t.Context(), "w000003"); w.Status != judging.Accepted || w.Reasons != nil {
		t.Fatalf("%+v", w)
	}
	if _, err := o.Review().UndoReview(t.Context(), 0); err != nil { // the last: w000004
		t.Fatal(err)
	}
	if w, _ := o.Work(t.Context(), "w000004"); w.Status != judging.Returned {
		t.Fatalf("%+v", w)
	}
	history, err := o.Review().ReviewHistory(t.Context(), "w000004")
	if err != nil || len(history) != 4 || !history[3].Undone || history[3].After.Status != judging.Returned ||
		history[2].After.Note != "抄袭" {
		t.Fatalf("%+v %v", history, err)
	}
}

func TestAChangedWorkWaitsForReviewAgain(t *testing.T) {
	o := newOffice(t)
	row := []any{"宪法在心中", "书法", "小学组", "甲某", "示例一小", "", "13800000001"}
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "甲.xlsx", header, row)}})
	if err := reviewAs(t, o, "w000001", judging.Returned, "缺指导教师"); err != nil {
		t.Fatal(err)
	}
	row[6] = "13800000002" // nothing that a reviewer looks at
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "甲.xlsx", header, row)}})
	if got := waiting(t, o); got != nil {
		t.Fatalf("a new telephone number makes %v wait", got)
	}
	row[5] = "乙老师"
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "甲.xlsx", header, row)}})
	if got := waiting(t, o); len(got) != 1 {
		t.Fatalf("the corrected work does not wait")
	}
	if _, err := o.Intake().UndoImport(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	if got := waiting(t, o); got != nil {
		t.Fatalf("%v wait as they were when reviewed", got)
	}
}

func TestAssignedWorksAreRefusedAndTheOthersReviewed(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 12)}})
	addJudges(t, o, 6)
	if err := reviewAs(t, o, "w000012", judging.Rejected, "抄袭"); err != nil {
		t.Fatal(err)
	}
	publish(t, o)
	ids := append(idsUpTo(2), "w000012")
	r, err := o.Review().ReviewWorks(t.Context(), ids, judging.Finding{Status: judging.Returned, Note: "缺件"})
	if err != nil || !slices.Equal(r.Refused, idsUpTo(2)) || !slices.Equal(r.Reviewed, []judging.WorkID{"w000012"}) {
		t.Fatalf("%+v %v", r, err)
	}
	if _, err := o.Review().ReviewWorks(t.Context(), idsUpTo(2), judging.Finding{
		Status: judging.Accepted,
	}); err != nil {
		t.Fatalf("looking at an assigned work: %v", err)
	}
	wantCode(t, reviewAs(t, o, "w000001", judging.Returned, "缺件"), judging.Closed, "works.assigned")
	if err := reviewAs(t, o, "w000001", judging.Rejected, "抄袭"); err != nil {
		t.Fatal(err)
	}
	_, err = o.Review().UndoReview(t.Context(), 0)
	wantCode(t, err, judging.Closed, "works.assigned")
}
