package intake

import (
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
)

func TestTickedWorksOfTheListAreReviewedAtOnce(t *testing.T) {
	o := pagetest.WithWorks(t, 6)
	sh := kittest.New(t)
	p := newWorksPage(sh, page.PapersOf(o), kit.Route{})
	root := sh.Open(p)
	p.table.Tick("w000002", true)
	p.table.Tick("w000003", true)
	pagetest.Settle(sh)
	kittest.Tap(t, root, "审核通过")
	waiting, err := o.Review().WaitingWorks(t.Context())
	if err != nil || len(waiting) != 4 || len(sh.Errors) > 0 {
		t.Fatalf("%d wait, %v %v", len(waiting), err, sh.Errors)
	}
	sh.Told[0].Do()
	if waiting, _ = o.Review().WaitingWorks(t.Context()); len(waiting) != 6 {
		t.Fatalf("%d wait after it was taken back", len(waiting))
	}
}
