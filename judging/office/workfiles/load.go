package workfiles

import (
	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// LoadFile returns a work and its n-th file, counting from 0. Errors: NotFound.
func LoadFile(tx store.Tx, id judging.WorkID, n int) (judging.Work, judging.File, error) {
	w, err := records.LoadWork(tx, id)
	if err != nil {
		return w, judging.File{}, err
	}
	if n < 0 || n >= len(w.Files) {
		return w, judging.File{}, judging.Fail(judging.NotFound, "works.no_file", judging.Args{
			"Work": w.Code,
			"N":    n + 1,
		})
	}
	return w, w.Files[n], nil
}
