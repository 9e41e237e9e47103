package office_test

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"fayi/judging/office"
	"fayi/judging/office/sending"
)

// aList is what a unit sends online.
const aList = "作品名称,作品类别,组别,作者\n法治春风,书法,小学组,新某\n"

// aDelivery is what a server would say of a list that a unit sent.
func aDelivery(text string) sending.Delivery {
	sum := sha256.Sum256([]byte(text))
	return sending.Delivery{Unit: "示例一小", Name: "登记表.csv", Bytes: int64(len(text)), Sum: hex.EncodeToString(sum[:]),
		Kind: sending.Workbook}
}

func links(c attempt) { must(c.t, reads(c.Sending().IssueLinks(c.ctx, []string{"示例一小"}))) }

func sends(c attempt) { must(c.t, reads(c.Sending().OpenSending(c.ctx, sending.OpenRequest{}))) }

func arrives(c attempt) {
	must(c.t, reads(sending.DoorOf(c.Sending()).Keep(c.ctx, aDelivery(aList), strings.NewReader(aList))))
}

// sentOnline lets a delivery of a unit arrive, which waits for the organiser then.
func sentOnline(t *testing.T, o *office.Office) sending.Delivery {
	t.Helper()
	must(t, reads(o.Sending().OpenSending(t.Context(), sending.OpenRequest{})))
	d, err := sending.DoorOf(o.Sending()).Keep(t.Context(), aDelivery(aList), strings.NewReader(aList))
	must(t, err)
	return d
}

func TestADeliveryIsOpenUntilSomebodyDecides(t *testing.T) {
	open := func(o *office.Office) (n int) {
		all, err := o.OpenPoints(t.Context())
		must(t, err)
		for _, p := range all {
			if p.Kind == "deliveries_waiting" {
				n = p.Count
			}
		}
		return n
	}
	for name, decide := range map[string]func(o *office.Office, id string) error{
		"taken": func(o *office.Office, id string) error {
			return reads(o.Sending().TakeDelivery(t.Context(), id, false, nil))
		},
		"refused": func(o *office.Office, id string) error {
			return reads(o.Sending().RefuseDelivery(t.Context(), id, "少了承诺书"))
		},
	} {
		o := eightIn(t, "")
		if n := open(o); n != 0 {
			t.Errorf("%d wait before any came", n)
		}
		d := sentOnline(t, o)
		if n := open(o); n != 1 {
			t.Errorf("%d wait, one came", n)
		}
		must(t, reads(o.Sending().TakeDelivery(t.Context(), d.ID, true, nil)))
		if n := open(o); n != 1 {
			t.Errorf("a look settled it: %d", n)
		}
		must(t, decide(o, d.ID))
		if n := open(o); n != 0 {
			t.Errorf("%s, and %d wait", name, n)
		}
	}
}
