import {
