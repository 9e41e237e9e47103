// Package hall declares the commands about a hall: the rooms of many contests on one host.
package hall
