package office_test

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

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
