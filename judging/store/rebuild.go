package store

import "context"

// Rebuild writes the indexes of the table again, and every record in its newest schema version: for a table that
// got a new index, or an Upgrade that changes what an index holds. It is many transactions, and until it returns
// nil a lookup may miss records; after an error, run it again.
func (t *Table[T]) Rebuild(ctx context.Context, db DB) error {
	var stale [][]byte
	var ids []string
	var records []T
	err := db.View(ctx, func(tx Tx) error {
		stale, ids, records = nil, nil, nil
		err := tx.Scan([]byte(t.name+indexMark), func(key, _ []byte) error {
			stale = append(stale, append([]byte(nil), key...))
			return nil
		})
		if err != nil {
			return err
		}
		return tx.Scan(t.key(""), func(key, raw []byte) error {
			v, err := t.decode(raw)
			ids, records = append(ids, string(key[len(t.key("")):])), append(records, v)
			return err
		})
	})
	if err != nil {
		return err
	}
	cost := func(i int) (int, int) { return 1, len(stale[i]) }
	if err := Bulk(ctx, db, len(stale), cost, func(tx Tx, i int) error {
		return tx.Delete(stale[i])
	}, nil); err != nil {
		return err
	}
	cost = func(i int) (int, int) {
		writes, bytes := t.Cost(records[i])
		return writes + 1, bytes + len(ids[i]) + len(t.name) + 1
	}
	return Bulk(ctx, db, len(records), cost, func(tx Tx, i int) error {
		if ids[i] != t.id(&records[i]) { // an Upgrade changed the id
			if err := tx.Delete(t.key(ids[i])); err != nil {
				return err
			}
		}
		return t.Insert(tx, records[i])
	}, nil)
}
