package intake

import (
	"cmp"
	"context"
	"path"
	"slices"

	"fayi/judging"
	"fayi/judging/media/archive"
	"fayi/judging/media/match"
	"fayi/judging/sheet/read"
)

// belowLast is how many rows below the last work of a sheet a picture may lie and still be that work's; further
// down there are seals.
const belowLast = 2

// readPictures keeps the pictures that lie in a workbook's cells while it is open, and notes the work of each one's
// row.
func (in *intakeJob) readPictures(ctx context.Context, book *read.Book, w workbook) error {
	list, problems := book.Pictures()
	in.report.Problems = append(in.report.Problems, problems...)
	rows := map[string][]RowReport{} // by sheet
	for _, r := range in.report.Rows {
		if r.File == w.entry.Path && len(list) > 0 {
			rows[r.Sheet] = append(rows[r.Sheet], r)
		}
	}
	for _, own := range rows {
		slices.SortStableFunc(own, func(a, b RowReport) int { return cmp.Compare(a.Row, b.Row) })
	}
	for _, p := range list {
		row, ok := rowOfPicture(rows[p.Place.Sheet], p.Place.Row)
		if !ok {
			continue // a mark over the table, or seals below it
		}
		if err := in.readPicture(ctx, w, p, row.Work); err != nil {
			return err
		}
	}
	return nil
}

func (in *intakeJob) readPicture(ctx context.Context, w workbook, p read.Picture, work judging.WorkID) error {
	e := archive.Entry{Path: path.Join(w.entry.Path, p.Name), Name: p.Name, Size: p.Size, Open: p.Open}
	a := Arrival{Path: e.Path, File: judging.File{Name: e.Name, Bytes: e.Size}}
	if !in.req.DryRun {
		var gone, err error
		if a, gone, err = in.storeFile(ctx, e); err != nil {
			return err
		}
		if gone != nil {
			in.tellGone(e.Path, gone)
			return nil
		}
	}
	a.From, a.Sheet, a.Row = p.Place.File, p.Place.Sheet, p.Place.Row
	in.cells = append(in.cells, a)
	in.cellOf[a.Path] = work
	return nil
}

// rowOfPicture finds the row of a sheet that a picture lies in: the last one that begins at it or above. In a sheet
// of one work, as a form is, it is that work's wherever it lies. rows are rising.
func rowOfPicture(rows []RowReport, at int) (RowReport, bool) {
	if len(rows) == 1 {
		return rows[0], true
	}
	i := 0
	for i < len(rows) && rows[i].Row <= at {
		i++
	}
	if i == 0 || i == len(rows) && at > rows[i-1].Row+belowLast {
		return RowReport{}, false
	}
	return rows[i-1], true
}

// bindCells gives the pictures of cells to the works of their rows, unless a person decided otherwise.
func (in *intakeJob) bindCells(k knownWorks, files []Arrival, candidates []match.Candidate) {
	for i, f := range files {
		row, ok := k.byID[in.cellOf[f.Path]]
		if ok && len(candidates[i].Bound) == 0 && !slices.Contains(candidates[i].Not, row) {
			candidates[i].Bound = []int{row}
		}
	}
}
