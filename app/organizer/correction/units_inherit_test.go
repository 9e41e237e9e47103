package correction

import (
	"context"
	"strings"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging/office"
	"fayi/judging/office/correction"
)

// keptOpen is the stages of a contest with a former one in place of what an Opener opens: it stays open.
type keptOpen struct {
	unitsOffice
	from correction.Units
}

func (l keptOpen) InheritUnits(ctx context.Context, req correction.InheritRequest) (correction.UnitsReport, error) {
	req.From = &l.from
	return l.unitsOffice.InheritUnits(ctx, req)
}

func TestTheUnitsOfAnEarlierContestAreLookedAtAndTakenOverInTheWindow(t *testing.T) {
	old, o := pagetest.FormerContest(t), pagetest.NewContest(t)
	for at, text := range map[*office.Office]string{
		old: "单位名称,类型,联系人,电话,限报数\n示例县第一小学,学校,佟某,13900001111,5\n示例镇,乡镇,乔某,13900002222,3\n",
		o:   "单位名称,类型,联系人\n第一小学,学校,\n示例镇,乡镇,新某\n",
	} {
		req := correction.UnitsRequest{Path: unitsFile(t, text)}
		if _, err := at.Units().ImportUnits(t.Context(), req); err != nil {
			t.Fatal(err)
		}
	}
	opened := ""
	spare := pagetest.FormerContest // what the page opens and closes
	sh, _, root := pagetest.Open(t, func(sh kit.Shell) *unitsPage {
		former := func(_ context.Context, dir string) (*office.Office, error) {
			opened = dir
			return spare(t), nil
		}
		return newUnitsPage(sh, keptOpen{page.StagesOf(o), old.Units()}, former)
	})
	sh.Path = t.TempDir()
	kittest.Tap(t, root, "沿用往届名单")
	if len(sh.Asked) != 1 || opened != sh.Path {
		t.Fatalf("%d questions, opened %q, %v", len(sh.Asked), opened, sh.Errors)
	}
	shown := sh.Put(sh.Asked[0].Content)
	for _, text := range []string{"可能是名单里的“第一小学”", "联系人保留“新某”，往届是“乔某”", "13900002222", "还要您定的 1 个"} {
		if !kittest.Shows(shown, text) {
			t.Errorf("the look does not say %s: %q", text, kittest.Texts(shown))
		}
	}
	roster := func() string {
		list, err := o.Units().ListUnits(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, u := range list.Units {
			out = append(out, u.Name+"/"+u.Contact+"/"+u.Phone)
		}
		return strings.Join(out, " ")
	}
	if got := roster(); got != "示例镇/新某/ 第一小学//" {
		t.Errorf("the look wrote: %s", got)
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if got := roster(); got != "示例镇/新某/13900002222 第一小学//" {
		t.Errorf("taken over: %s, %v", got, sh.Errors)
	}
	sh.Told[len(sh.Told)-1].Do()
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if got := roster(); got != "示例镇/新某/ 第一小学//" {
		t.Errorf("taken back: %s", got)
	}
}
