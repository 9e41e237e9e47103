package records

import (
	"context"
	"fmt"

	"fayi/judging"
	"fayi/judging/sheet/ledger"
	"fayi/judging/store"
)

// SheetAccount is what became of the rows of one sheet that an intake read.
type SheetAccount struct {
	ID     string           `json:"id"` // "i001/0001", in the order of reading
	Intake judging.IntakeID `json:"intake"`
	ledger.Account
}

// SheetAccounts are the accounts of all sheets that were read; intakes of earlier versions have none.
var SheetAccounts = store.NewTable("sheet_account", 1, func(a *SheetAccount) string { return a.ID },
	intakeOf(func(a *SheetAccount) judging.IntakeID { return a.Intake }))

// KeepAccounts writes what became of the sheets of a pending intake to db; it counts once the intake is live. Errors:
// Internal for an account that does not add up; nothing is written then.
func KeepAccounts(ctx context.Context, db store.DB, id judging.IntakeID, sheets ledger.Accounts) error {
	if err := sheets.Check(); err != nil {
		return err
	}
	all := make([]SheetAccount, len(sheets))
	for i, a := range sheets {
		all[i] = SheetAccount{ID: fmt.Sprintf("%s/%04d", id, i+1), Intake: id, Account: a}
	}
	return store.Bulk(ctx, db, len(all), func(i int) (int, int) { return SheetAccounts.Cost(all[i]) },
		func(tx store.Tx, i int) error { return SheetAccounts.Put(tx, all[i]) }, nil)
}

// DropAccounts takes away what KeepAccounts wrote for an intake.
func (o *Records) DropAccounts(ctx context.Context, id judging.IntakeID) error {
	ids, err := View(ctx, o.DB, func(tx store.Tx) ([]string, error) {
		return SheetAccounts.IDsBy(tx, "intake", string(id))
	})
	if err != nil {
		return err
	}
	return store.Bulk(ctx, o.In(Settings), len(ids), func(int) (int, int) { return 4, 1 << 14 },
		func(tx store.Tx, i int) error { return SheetAccounts.Delete(tx, ids[i]) }, nil)
}
