package intake

import (
	"context"
	"path"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media/archive"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/table"
)

// mostTextTable is the size up to which a text or a page in a folder is looked at for a table, in bytes: a list of
// 10,000 works is smaller.
const mostTextTable = 4 << 20

// listsWorks reports whether a text or a page that lies in a folder or an archive is a list of works, rather than a
// work: it has a head with titles and authors in a row, and rows below it. A text that says of itself 作品名称：… is a work.
func (s *sources) listsWorks(ctx context.Context, e archive.Entry) bool {
	if e.Size > mostTextTable || !slices.Contains(filetype.TableEndings, strings.ToLower(path.Ext(e.Name))) {
		return false
	}
	b, err := s.open(ctx, workbook{entry: e})
	if err != nil {
		return false
	}
	defer b.Close()
	samples, err := table.Preview(b, judging.Rules{}, mapping.Options{}, 1)
	return err == nil && slices.ContainsFunc(samples, table.Sample.ListsWorks)
}
