package sample

import (
	"archive/zip"
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"

	"fayi/judging/sheet/paper"
)

// file is one file to be written, at a slashed path below the sample's folder.
type file struct {
	path string
	data []byte
}

// workbooks makes everything in 来稿, but the zip's media.
func (c *contest) workbooks() ([]file, error) {
	grids := []struct {
		name  string
		grids []paper.Grid
	}{
		{"1 教育局汇总表.xlsx", []paper.Grid{c.educationBook()}},
		{"2 第三中学（分类别）.xlsx", c.schoolBook()},
		{"5 网上报名（收集结果）.xlsx", []paper.Grid{c.onlineBook()}},
		{"7 城区学校汇总.xlsx", []paper.Grid{c.cityBook()}},
		{"8 乡镇汇总（手工填写）.xlsx", []paper.Grid{c.townshipBook()}},
		{"9 样板镇上报.xlsx", []paper.Grid{c.modelBook()}},
		{"10 补报名单.xlsx", []paper.Grid{c.lateBook()}},
	}
	var out []file
	for _, g := range grids {
		data, err := workbook(g.grids...)
		if err != nil {
			return nil, err
		}
		out = append(out, file{"来稿/" + g.name, data})
	}
	maple, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(csv("\n", c.mapleRows())))
	if err != nil {
		return nil, err
	}
	packed, err := c.vocationalZip()
	if err != nil {
		return nil, err
	}
	return append(out,
		file{"来稿/3 枫桥镇报送.csv", maple},
		file{"来稿/4 文化馆作品.csv", []byte("\uFEFF" + csv("\r\n", c.cultureRows()))},
		file{"来稿/6 职业中学.zip", packed}), nil
}

func workbook(grids ...paper.Grid) ([]byte, error) {
	var b bytes.Buffer
	err := paper.WriteGrids(&b, grids)
	return b.Bytes(), err
}

// csv joins rows; fields with commas, quotes or line breaks are quoted.
func csv(end string, rows [][]string) string {
	var b strings.Builder
	for _, row := range rows {
		for i, field := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			if strings.ContainsAny(field, ",\"\n") {
				field = `"` + strings.ReplaceAll(field, `"`, `""`) + `"`
			}
			b.WriteString(field)
		}
		b.WriteString(end)
	}
	return b.String()
}

// packNames zips files the way old Chinese Windows does: names in GBK, parts by backslash, without the flag that
// says UTF-8.
func packNames(files []file) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		name, err := simplifiedchinese.GB18030.NewEncoder().String(strings.ReplaceAll(f.path, "/", `\`))
		if err != nil {
			return nil, err
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, NonUTF8: true, Method: zip.Deflate})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(f.data); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return b.Bytes(), err
}

// kind spells a category as the workbook's clerk does, mostly plainly.
func (c *contest) kind(d *rand.Rand, w *work) string {
	if d.IntN(3) > 0 {
		return w.category
	}
	return one(d, c.words.Kinds[w.category])
}

func (c *contest) group(d *rand.Rand, w *work) string {
	if d.IntN(3) > 0 {
		return w.group
	}
	return one(d, c.words.Groups[w.group])
}

func names(list []string) string { return strings.Join(list, "、") }

// across is the range of a block of cells, columns and rows from 1.
func across(left, top, right, bottom int) string {
	return fmt.Sprintf("%c%d:%c%d", 'A'+left-1, top, 'A'+right-1, bottom)
}
