#!/bin/sh
set -e
test -s "$PGDATA/PG_VERSION" || initdb --username=postgres --no-sync >/dev/null
exec postgres -c listen_addresses='*' -c unix_socket_directories=/tmp
