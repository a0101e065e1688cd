"""Lets PyMongo talk to a database in this process, for there is no server here."""
import mongomock
import pymongo

pymongo.MongoClient = mongomock.MongoClient
