// Package results holds the pages about the places: results, how sure they are, why a work has its place, how
// judges score, and charts.
package results
