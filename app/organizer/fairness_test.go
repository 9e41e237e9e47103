package organizer

import (
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
)

func TestTheResultsAndTheJudgesLeadOn(t *testing.T) {
	o := pagetest.Scored(t, 12)
	sh := kittest.New(t)
	root := sh.Open(pageOf(sh, o, kit.Route{Kind: page.Results}))
	kittest.Tap(t, root, "名次把握")
	kittest.TapRow(t, root, "3", 2)
	root = sh.Open(pageOf(sh, o, kit.Route{Kind: page.Judges}))
	kittest.Tap(t, root, "评委分析")
	if len(sh.Routes) != 3 || sh.Routes[0].Kind != page.Fairness || sh.Routes[1].Kind != page.Explain || sh.Routes[1].ID == "" || sh.Routes[2].Kind != page.Severity {
		t.Fatalf("%v", sh.Routes)
	}
}
