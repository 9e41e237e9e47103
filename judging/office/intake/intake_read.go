package intake

import (
	"context"
	"errors"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/table"
	"fayi/judging/store"
)

// batchRows is how many rows pass from the reader to the store at a time.
const batchRows = 512

// readRows reads every workbook and settles its rows. A workbook that was named must be readable; one found in a
// folder or zip becomes a problem.
func (in *intakeJob) readRows(ctx context.Context, s *sources, progress func(done, total int)) error {
	for _, w := range s.workbooks {
		err := in.readBook(ctx, s, w, progress)
		var told *judging.Error
		switch {
		case err == nil:
		case !w.named && errors.As(err, &told) &&
			(told.Code == judging.Invalid || told.Text == "sheet.unreadable" || told.Text == "media.unreadable"):
			in.report.Problems = append(in.report.Problems, judging.Problem{
				Place: judging.Place{File: w.entry.Path},
				Text:  told.Text,
				Args:  told.Args,
				Fatal: true,
			})
		default:
			return err
		}
	}
	if more := in.rejected - mostRejected; more > 0 {
		in.report.Problems = append(in.report.Problems, judging.Problem{
			Text: "import.more_rejected", Args: judging.Args{"N": more, "Shown": mostRejected},
		})
	}
	return nil
}

// readBook reads one workbook next to the work of settling and storing, which keeps both cores busy.
func (in *intakeJob) readBook(ctx context.Context, s *sources, w workbook, progress func(done, total int)) error {
	book, err := s.open(ctx, w)
	if err != nil {
		return err
	}
	defer book.Close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	reader := &rowReader{batches: make(chan []table.WorkRow, 4)}
	go reader.read(ctx, book, in.rules, in.options)
	var held [][]table.WorkRow // a book that is passed over when it breaks off brings none of its rows
	for batch := range reader.batches {
		if held = append(held, batch); !w.named {
			continue
		}
		if err := in.absorbBatches(ctx, held, progress); err != nil {
			cancel()
			for range reader.batches { // let the reader end
			}
			return err
		}
		held = nil
		if in.rejected > hopeless { // no list of works
			cancel()
			for range reader.batches { // let the reader end
			}
			in.report.Problems = append(in.report.Problems, judging.Problem{
				Place: judging.Place{File: w.entry.Path},
				Text:  "import.hopeless",
				Args:  judging.Args{"N": hopeless},
				Fatal: true,
			})
			return nil
		}
	}
	if reader.err == nil {
		if err := in.absorbBatches(ctx, held, progress); err != nil {
			return err
		}
	}
	in.report.Mappings = append(in.report.Mappings, reader.mappings...)
	in.report.Sheets = append(in.report.Sheets, reader.sheets...)
	in.report.Problems = append(in.report.Problems, reader.problems...)
	if reader.err == nil && reader.rows > 0 {
		if err := in.readPictures(ctx, book, w); err != nil {
			return err
		}
	}
	if reader.err == nil && w.named && reader.rows == 0 &&
		slices.ContainsFunc(reader.problems, func(p judging.Problem) bool { return p.Fatal }) {
		return judging.Fail(judging.Invalid, "import.nothing_read", judging.Args{"File": w.entry.Path})
	}
	return reader.err
}

func (in *intakeJob) absorbBatches(
	ctx context.Context, batches [][]table.WorkRow, progress func(done, total int),
) error {
	for _, batch := range batches {
		if err := in.absorbAll(ctx, batch); err != nil {
			return err
		}
		if progress != nil {
			progress(len(in.report.Rows)+max(in.rejected-mostRejected, 0), 0)
		}
	}
	return nil
}

// absorbAll looks all rows of a batch up in one view, then settles them in their order.
func (in *intakeJob) absorbAll(ctx context.Context, batch []table.WorkRow) error {
	found, err := records.View(ctx, in.office.rec.DB, func(tx store.Tx) ([][]judging.Work, error) {
		found := make([][]judging.Work, len(batch))
		for i, row := range batch {
			if fatal(row) {
				continue
			}
			var err error
			if found[i], err = in.candidates(tx, row.Work); err != nil {
				return nil, err
			}
		}
		return found, nil
	})
	if err != nil {
		return err
	}
	in.given += len(batch)
	for i, row := range batch {
		in.absorb(row, found[i])
	}
	return in.flush(ctx, false)
}

// rowReader turns a workbook into batches of rows; its other fields may be read once the channel is closed.
type rowReader struct {
	batches  chan []table.WorkRow
	rows     int
	mappings []table.Mapping
	sheets   []ledger.Account
	problems []judging.Problem
	err      error
}

func (r *rowReader) read(ctx context.Context, book *read.Book, rules judging.Rules, opt table.ReadOptions) {
	defer close(r.batches)
	var batch []table.WorkRow
	send := func() error {
		if len(batch) == 0 {
			return nil
		}
		select {
		case r.batches <- batch:
			batch = nil
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	opt.Account = func(a ledger.Account) { r.sheets = append(r.sheets, a) }
	r.mappings, r.problems, r.err = table.ReadWorks(ctx, book, rules, opt, func(row table.WorkRow) error {
		r.rows++
		if batch = append(batch, row); len(batch) < batchRows {
			return nil
		}
		return send()
	})
	if r.err == nil {
		r.err = send()
	}
}
