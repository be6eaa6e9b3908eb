#!/bin/sh
echo "serving /www"
httpd -f -p 8080 -h /www
echo "stopped"
