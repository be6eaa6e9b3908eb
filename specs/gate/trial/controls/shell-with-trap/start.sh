#!/bin/sh
httpd -f -p 8080 -h /www &
pid=$!
trap 'kill -TERM "$pid"; wait "$pid"; echo stopped; exit 0' TERM
wait "$pid"
