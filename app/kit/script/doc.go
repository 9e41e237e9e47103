// Package script compares Chinese and Latin writing as people do: texts in the order of their reading, with 作品2
// before 作品10, and words found whatever their case or width. It knows no widgets.
package script
