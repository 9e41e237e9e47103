package intake

import (
	"context"
	"errors"
	"slices"

	"fayi/judging"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/mendlist"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/table"
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

// mostHeld is how many rows of one file are held back to find out of which lists it is a later version; of a longer
// file each part is compared by itself.
const mostHeld = 20_000

// mostEntries is how many rows of works one import takes, mostUnnamed how many a workbook may have that was found in a
// folder or archive: such a one is held in memory until it was read to its end.
const mostEntries, mostUnnamed = 100_000, 50_000

// readBook reads one workbook next to the work of settling and storing, which keeps both cores busy.
func (in *intakeJob) readBook(ctx context.Context, s *sources, w workbook, progress func(done, total int)) error {
	book, err := s.open(ctx, w)
	if err != nil {
		return err
	}
	defer book.Close()
	if book.IsXLSX() && mendlist.Is(book) {
		return judging.Fail(judging.Invalid, "problems.is_list", judging.Args{"File": w.entry.Path})
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	reader := &rowReader{batches: make(chan []table.WorkRow, 4)}
	go reader.read(ctx, book, in.rules, in.options)
	var held []table.WorkRow // a book that is passed over when it breaks off brings none of its rows
	wrong := in.rejected
	for batch := range reader.batches {
		held = append(held, batch...)
		if in.given+len(held) > mostEntries || len(held) > mostRows(w) {
			cancel()
			reader.end()
			return judging.Fail(judging.Invalid, "sheet.too_many_rows", judging.Args{
				"File": w.entry.Path, "Limit": mostRows(w),
			})
		}
		for _, row := range batch {
			if fatal(row) {
				wrong++
			}
		}
		if wrong <= hopeless && !(w.named && in.enough(len(held))) {
			continue
		}
		if err := in.absorbAll(ctx, w.entry.Path, held, progress); err != nil {
			cancel()
			reader.end()
			return err
		}
		held = nil
		if wrong > hopeless { // no list of works
			cancel()
			reader.end()
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
		if err := in.absorbAll(ctx, w.entry.Path, held, progress); err != nil {
			return err
		}
	}
	return in.endBook(ctx, book, w, reader)
}

// mostRows is how many rows a workbook may have.
func mostRows(w workbook) int {
	if w.named {
		return mostEntries
	}
	return mostUnnamed
}

// enough reports whether so many rows are to be settled before more are read: all of a list that may have come before
// are looked at together.
func (in *intakeJob) enough(rows int) bool { return in.known.Empty() || rows >= mostHeld }

// endBook takes over what was read of a book as a whole.
func (in *intakeJob) endBook(ctx context.Context, book *read.Book, w workbook, reader *rowReader) error {
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

// absorbAll finds out which rows of a file are works that came before, then settles them in their order.
func (in *intakeJob) absorbAll(
	ctx context.Context, file string, rows []table.WorkRow, progress func(done, total int),
) error {
	var works []judging.Work
	for i := range rows {
		in.useNames(&rows[i])
		if row := rows[i]; !fatal(row) {
			works = append(works, row.Work)
		}
	}
	same := in.known.Match(file, works)
	next := 0
	in.given += len(rows)
	for i, row := range rows {
		id := judging.WorkID("")
		if !fatal(row) {
			id = same[next]
			next++
		}
		in.absorb(row, id)
		if i%batchRows != batchRows-1 && i != len(rows)-1 {
			continue
		}
		if err := in.flush(ctx, false); err != nil {
			return err
		}
		if progress != nil {
			progress(len(in.report.Rows)+max(in.rejected-mostRejected, 0), 0)
		}
	}
	return ctx.Err()
}

// rowReader turns a workbook into batches of rows; its other fields may be read once the channel is closed.
type rowReader struct {
	batches  chan []table.WorkRow
	rows     int
	mappings []mapping.Mapping
	sheets   []ledger.Account
	problems []judging.Problem
	err      error
}

// end lets a reader that was cancelled come to its end.
func (r *rowReader) end() {
	for range r.batches { // the reader ends
	}
}

func (r *rowReader) read(ctx context.Context, book *read.Book, rules judging.Rules, opt mapping.Options) {
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
