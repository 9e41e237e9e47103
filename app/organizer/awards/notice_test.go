package awards

import (
	"testing"

	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/awards"
)

func TestANoticeIsRecalledWithAReason(t *testing.T) {
	o := pagetest.Awarded(t, 12)
	ctx := office.Ticking(t.Context(), "disputes")
	if _, err := o.Notices().PublishAwards(ctx, awards.NoticeRequest{}); err != nil {
		t.Fatal(err)
	}
	sh := kittest.New(t)
	root := sh.Open(newNoticePage(sh, page.PapersOf(o)))
	kittest.Tap(t, root, "收回公示…")
	q := sh.Asked[0]
	if q.Check == "" || !q.Danger {
		t.Error("a notice is recalled by one press")
	}
	if err := sh.Answer(t); judging.CodeOf(err) != judging.Invalid {
		t.Fatalf("recalled without a reason: %v", err)
	}
	kittest.All[*field.Text](sh.Put(q.Content))[0].SetText("名单有误")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	b, err := o.Notices().ListNotices(t.Context())
	if err != nil || b.Notice != nil {
		t.Fatalf("%+v %v", b, err)
	}
}

// TestDaysOfANoticeAreAskedForOnlyOnceThereAreAwards: before, five fields were filled in for nothing.
func TestDaysOfANoticeAreAskedForOnlyOnceThereAreAwards(t *testing.T) {
	for name, o := range map[string]*office.Office{
		"还没有评定奖项": pagetest.Scored(t, 4), "还没有公示": pagetest.Awarded(t, 4),
	} {
		sh := kittest.New(t)
		root := sh.Open(newNoticePage(sh, page.PapersOf(o)))
		if !kittest.Shows(root, name) || kittest.Shows(root, "开始公示") != (name == "还没有公示") {
			t.Errorf("%s: %q", name, kittest.Texts(root))
		}
	}
}
