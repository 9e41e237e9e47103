package correction

import (
	"strings"
	"testing"
	"time"

	"fayi/app/kit/field"

	"fayi/app/kit/kittest"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
)

// many asks what to set for works and returns the form.
func (d *bench) many(ids ...string) *bulkForm {
	d.t.Helper()
	all, err := d.o.Works(d.t.Context(), office.WorkFilter{})
	if err != nil {
		d.t.Fatal(err)
	}
	var works []judging.Work
	for _, id := range ids {
		works = append(works, d.work(id))
	}
	d.sheet.Bulk(works, all)
	form, ok := d.Asked[len(d.Asked)-1].Content.(*bulkForm)
	if !ok {
		d.t.Fatalf("asked %+v", d.Asked)
	}
	return form
}

func TestManyWorksGetOneValueAndGiveItBackAtOnce(t *testing.T) {
	d := at(t, pagetest.WithWorks(t, 6))
	form := d.many("w000001", "w000002", "w000003")
	if title := d.Asked[0].Title; !strings.Contains(title, "3 件作品") {
		t.Errorf("asked %q", title)
	}
	if err := d.Answer(t); judging.CodeOf(err) != judging.Invalid || d.acts() != 0 {
		t.Fatalf("without a value: %v, %d acts", err, d.acts())
	}
	form.field.SetKey("unit")
	form.suit()
	form.text.SetText("单位2") // the second has it already
	form.changed()
	if !kittest.Shows(form, "会改动 2 件，已经如此 1 件") || d.work("w000001").Unit != "单位1" {
		t.Fatalf("%q, unit %q", kittest.Texts(form), d.work("w000001").Unit)
	}
	if err := d.Answer(t); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"w000001", "w000002", "w000003"} {
		if got := d.work(id).Unit; got != "单位2" {
			t.Errorf("%s: %q", id, got)
		}
	}
	n := d.notice()
	if !strings.Contains(n.Text, "2 件作品的单位") && !strings.Contains(n.Text, "2 件作品的作者单位") || d.acts() != 1 {
		t.Errorf("%+v, %d acts", n, d.acts())
	}
	n.Do()
	if a, c := d.work("w000001").Unit, d.work("w000003").Unit; a != "单位1" || c != "单位3" {
		t.Errorf("taken back to %q and %q", a, c)
	}
}

func TestAValueKnownFromOtherWorksIsOffered(t *testing.T) {
	d := at(t, pagetest.WithWorks(t, 6))
	form := d.many("w000001")
	form.field.SetKey("unit")
	form.suit()
	found := kittest.All[*field.Choice](form)
	known := found[len(found)-1]
	if got := known.Select().Options; len(got) != 3 {
		t.Fatalf("offered %q", got)
	}
	known.Select().SetSelected("单位3")
	if form.text.Text() != "单位3" {
		t.Errorf("the input says %q", form.text.Text())
	}
}

func TestThePreviewWaitsUntilTyping(t *testing.T) {
	d := at(t, pagetest.WithWorks(t, 6))
	clock := &kittest.Clock{}
	d.Clock = clock
	form := d.many("w000001")
	form.field.SetKey("unit")
	form.suit()
	form.text.SetText("某")
	form.changed()
	clock.Advance(previewAfter - time.Millisecond)
	form.text.SetText("某馆")
	form.changed() // begins the wait again
	clock.Advance(previewAfter - time.Millisecond)
	if kittest.Shows(form, "会改动 1 件") {
		t.Fatal("tried out while it was typed")
	}
	clock.Advance(time.Millisecond)
	if !kittest.Shows(form, "会改动 1 件") || clock.Waiting() != 0 {
		t.Errorf("%q, %d waiting", kittest.Texts(form), clock.Waiting())
	}
}

func TestWorksThatALockHoldsAreLeftOutAndCounted(t *testing.T) {
	o := pagetest.WithPlan(t, 6)
	d := at(t, o)
	all, err := o.Assignment().Assignments(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		if a.Work == "w000001" {
			b := judging.Ballot{Total: 80}
			if _, err := o.Scoring().EnterScore(t.Context(), a.Judge, string(a.Work), b, "", false); err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	form := d.many("w000001", "w000002", "w000003") // scored; in that group already; free
	form.choice.Select().SetSelected("小学组")
	for _, want := range []string{"会改动 1 件，已经如此 1 件", "1 件不能改，会略过：作品已有评分"} {
		if !kittest.Shows(form, want) {
			t.Errorf("%q is not shown: %q", want, kittest.Texts(form))
		}
	}
	if form.reason.Hidden {
		t.Error("no reason is asked though judges have works")
	}
	if err := d.Answer(t); judging.CodeOf(err) != judging.Invalid || d.work("w000003").Group != "成人组" {
		t.Fatalf("without a reason: %v", err)
	}
	form.reason.SetText("报名表写错")
	if err := d.Answer(t); err != nil {
		t.Fatal(err)
	}
	if a, c := d.work("w000001").Group, d.work("w000003").Group; a != "成人组" || c != "小学组" {
		t.Errorf("groups %q and %q", a, c)
	}
	if n := d.notice(); !strings.Contains(n.Text, "另有 1 件不能改，没有动") {
		t.Errorf("%+v", n)
	}
}

func TestNothingIsAskedForNoWorks(t *testing.T) {
	d := at(t, pagetest.WithWorks(t, 2))
	d.sheet.Bulk(nil, nil)
	if len(d.Asked) > 0 {
		t.Errorf("asked %+v", d.Asked)
	}
}
