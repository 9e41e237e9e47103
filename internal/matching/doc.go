// Package matching pairs rows with columns so that the sum of what the pairs are worth is greatest.
//
// It promises the greatest sum, not a good one, in time of rows² · columns.
package matching
