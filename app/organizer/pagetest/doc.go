// Package pagetest makes contests in each state for tests of pages, and measures whether a page fits its window.
// Only tests import it.
package pagetest
