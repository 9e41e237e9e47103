package table_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fayi/app/kit/table"
)

// ordered returns words as a column of a table orders them.
func ordered(
	column func(string, float32, float32, func(string) string) table.Column[string], words ...string,
) []string {
	table := table.New(func(s string) string { return s }, column("词", 4, 1, func(s string) string { return s }))
	table.SetRows(words)
	table.SortBy("词", false)
	return table.Rows()
}

func TestTextIsOrderedByItsReading(t *testing.T) {
	for _, want := range [][]string{
		{"安全", "北京", "法治", "河池", "作品"},
		{"作品2", "作品10", "作品100"},
		{"SF-0009", "SF-0010", "SF-0100"},
		{"abc", "ABD", "阿"},
		{"", "1", "a", "安"},
		{"单车", "谁", "张"}, // 单 is Dan where it is no surname
	} {
		back := slices.Clone(want)
		slices.Reverse(back)
		if got := ordered(table.TextColumn[string], back...); !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestSurnamesAreOrderedAsTheyAreRead(t *testing.T) {
	for _, want := range [][]string{
		{"邓一", "欧二", "区三", "潘四"}, // Ou
		{"齐一", "仇二", "曲三"},       // Qiu
		{"萨一", "单二", "沈三"},       // Shan
		{"吴一", "解二", "熊三"},       // Xie
		{"袁一", "曾二", "张三"},       // Zeng
		{"余一", "查二", "张三"},       // Zha
		{"黄一", "纪二", "江三"},       // Ji
		{"穆一", "宁二", "牛三"},       // Ning
		{"毛一", "万俟二", "穆三"},      // Moqi
	} {
		back := slices.Clone(want)
		slices.Reverse(back)
		if got := ordered(table.NameColumn[string], back...); !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// BenchmarkSort100k prints what pressing a head of 100,000 titles costs the first time, and when the texts are
// known, as at each key of a search.
func BenchmarkSort100k(b *testing.B) {
	words := make([]string, 100_000)
	for i := range words {
		words[i] = fmt.Sprintf("法治%c%c作品%d", rune(0x4E00+i*7919%20000), rune(0x4E00+i*104729%20000), i)
	}
	table := table.New(
		func(s string) string { return s },
		table.TextColumn("词", 4, 1, func(s string) string { return s }),
	)
	table.SetRows(words)
	start := time.Now()
	table.SortBy("词", false)
	first := time.Since(start)
	for b.Loop() {
		table.SetRows(words)
	}
	b.ReportMetric(float64(first.Milliseconds()), "ms-first")
}
