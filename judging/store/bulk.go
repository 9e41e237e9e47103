package store

import "context"

// Bulk writes n items, each whole within one transaction, with as few transactions as the Limit of db allows.
//
// cost(i) is the most that item i can write, as Table.Cost tells; an item over the limit by itself is Invalid,
// found before its transaction begins. write(tx, i) writes it; it is called in rising order of i, and again for the
// same i when a transaction is repeated. progress, if not nil, is called after each commit with the number of items
// written. On an error these items stay written: let readers see them only by a last Update that makes the job
// live.
func Bulk(
	ctx context.Context,
	db DB,
	n int,
	cost func(i int) (writes, bytes int),
	write func(tx Tx, i int) error,
	progress func(done, total int),
) error {
	limit := db.Limit()
	for from := 0; from < n; {
		to, err := chunk(limit, from, n, cost)
		if err != nil {
			return err
		}
		err = db.Update(ctx, func(tx Tx) error {
			for i := from; i < to; i++ {
				if err := write(tx, i); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		from = to
		if progress != nil {
			progress(from, n)
		}
	}
	return nil
}

// chunk returns the end of the longest run of items from from that keeps within l.
func chunk(l Limit, from, n int, cost func(int) (writes, bytes int)) (int, error) {
	var writes, bytes int
	for i := from; i < n; i++ {
		w, b := cost(i)
		if w > l.Writes || b > l.Bytes {
			if i == from {
				return 0, tooBig(l)
			}
			return i, nil
		}
		if writes, bytes = writes+w, bytes+b; writes > l.Writes || bytes > l.Bytes {
			return i, nil
		}
	}
	return n, nil
}
